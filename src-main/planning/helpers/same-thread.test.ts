import { describeHelpers } from './conformance.ts';
import { sameThread } from './same-thread.ts';

describeHelpers('in the same thread', () => sameThread);
