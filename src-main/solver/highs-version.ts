/** Known before any thread has loaded HiGHS, for provenance; a test compares it with what the loaded library says of itself. */
export const highsVersion = 'HiGHS 1.15.1 (WebAssembly)';
