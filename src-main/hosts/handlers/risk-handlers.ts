/** The risk curve and the chance dial. Names are matched, jobs started, records become views; nothing is decided here. */
import { dialPhases, dialProtection } from '../../planning/protection/dial-protection.ts';
import { sweepPhases, sweepRisk, type Sweep } from '../../planning/protection/sweep-risk.ts';
import { changedIn, inWords, type HandlerParts, type HandlersOf } from './parts.ts';

export function riskHandlers(parts: HandlerParts): HandlersOf<'risk'> {
  const { tools, jobs, emit } = parts;
  const { store } = tools;
  const changed = changedIn(parts);

  return {
    'risk.sweep': (options) => {
      const spec = {
        kind: 'sweep' as const,
        title: `Risk curve ${options.day}`,
        phases: sweepPhases,
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const sweep = await sweepRisk(tools, options, job, (point) =>
          emit({ name: 'sweep-point', payload: { jobId, point } }),
        );
        changed('sets');
        conclude(sweep.setId, inWords(sweep.points.length, 'point'));
        return sweep;
      });
      return { jobId };
    },
    'risk.dial': (options) => {
      const spec = {
        kind: 'dial' as const,
        title: `Least protection for ${options.day}`,
        phases: dialPhases,
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const dial = await dialProtection(tools, options, job, (point) =>
          emit({ name: 'sweep-point', payload: { jobId, point } }),
        );
        changed('sets');
        conclude(dial.setId, `protection ${dial.protection}, ${dial.verdict}`);
        return dial;
      });
      return { jobId };
    },
    'risk.get': ({ day, setId }) => {
      const key = setId ?? store.listSets(day)[0]?.id;
      return key === undefined ? null : ((store.getSweep(day, key) as Sweep | null) ?? null);
    },
  };
}
