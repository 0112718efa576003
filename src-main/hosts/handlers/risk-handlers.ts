/** The risk curves and the chance dial. Names are matched, jobs started, records become views; nothing is decided here. */
import { dialPhases, dialProtection } from '../../planning/protection/dial-protection.ts';
import { curvesOf } from '../../planning/protection/risk-curve.ts';
import { sweepPhases, sweepRisk, type SweepWatcher } from '../../planning/protection/sweep-risk.ts';
import { changedIn, inWords, type HandlerParts, type HandlersOf } from './parts.ts';

export function riskHandlers(parts: HandlerParts): HandlersOf<'risk'> {
  const { tools, jobs, emit } = parts;
  const { store } = tools;
  const changed = changedIn(parts);
  const telling = (jobId: () => string): SweepWatcher => ({
    onCurve: (curve) => emit({ name: 'sweep-curve', payload: { jobId: jobId(), curve } }),
    onPoint: (kind, point) => emit({ name: 'sweep-point', payload: { jobId: jobId(), kind, point } }),
  });

  return {
    'risk.sweep': (options) => {
      const { day, kinds } = options;
      const spec = {
        kind: 'sweep' as const,
        title: kinds.length === 1 ? `Risk curve ${day}, ${kinds[0]}` : `Risk curves ${day}`,
        phases: sweepPhases(kinds),
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const sweep = await sweepRisk(
          tools,
          options,
          job,
          telling(() => jobId),
        );
        changed('sets');
        const points = sweep.curves.reduce((sum, curve) => sum + curve.points.length, 0);
        conclude(sweep.curves.at(-1)?.setId ?? null, inWords(points, 'point'));
        return sweep;
      });
      return { jobId };
    },
    'risk.dial': (options) => {
      const spec = {
        kind: 'dial' as const,
        title: `Least protection for ${options.day}, ${options.set}`,
        phases: dialPhases,
        budgetSeconds: null,
        asked: options,
      };
      let jobId = '';
      jobId = jobs.start(spec, async (job, conclude) => {
        const dial = await dialProtection(
          tools,
          options,
          job,
          telling(() => jobId),
        );
        changed('sets');
        conclude(dial.setId, `${dial.scale.kind}, ${dial.scale.symbol} ${dial.size}, ${dial.verdict}`);
        return dial;
      });
      return { jobId };
    },
    'risk.curves': ({ day }) => curvesOf(store, day),
  };
}
