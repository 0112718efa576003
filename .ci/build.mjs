/** `npm run build`: dependencies if missing, then dist/ if it does not fit the sources. */
import { ensureBuild, ensureDependencies, productNode, say } from './setup.mjs';

ensureDependencies();
ensureBuild(productNode());
say('dist/ is up to date.');
