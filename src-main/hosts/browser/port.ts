/** 0 takes any free port. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;
