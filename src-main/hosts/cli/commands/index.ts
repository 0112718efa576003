/** Every command, in the order the help lists them: the order of an operator's day. */
import type { Command } from '../command.ts';
import { approveCommand } from './approve.ts';
import { backtestCommand } from './backtest.ts';
import { backupCommand } from './backup.ts';
import { bidsCommand } from './bids.ts';
import { caseStudyCommand } from './case-study.ts';
import { compareRecourseCommand } from './compare-recourse.ts';
import { compareSetsCommand } from './compare-sets.ts';
import { dialCommand } from './dial.ts';
import { exportCommand } from './export.ts';
import { fillCommand } from './fill.ts';
import { fitCommand } from './fit.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { marketCommand } from './market.ts';
import { mobileStorageCommand } from './mobile-storage.ts';
import { objectivesCommand } from './objectives.ts';
import { planCommand } from './plan.ts';
import { planSmsCommand } from './plan-sms.ts';
import { plansCommand } from './plans.ts';
import { qualityCommand } from './quality.ts';
import { runsCommand } from './runs.ts';
import { setAsideCommand } from './set-aside.ts';
import { serveCommand } from './serve.ts';
import { setsCommand } from './sets.ts';
import { siteCommand } from './site.ts';
import { smsStudyCommand } from './sms-study.ts';
import { solveCommand } from './solve.ts';
import { sweepCommand } from './sweep.ts';
import { tariffsCommand } from './tariffs.ts';
import { verifyCommand } from './verify.ts';
import { vppCommand } from './vpp.ts';

export const commands: readonly Command[] = [
  initCommand,
  siteCommand,
  mobileStorageCommand,
  importCommand,
  qualityCommand,
  fillCommand,
  fitCommand,
  setsCommand,
  planCommand,
  objectivesCommand,
  compareSetsCommand,
  compareRecourseCommand,
  sweepCommand,
  planSmsCommand,
  marketCommand,
  bidsCommand,
  vppCommand,
  tariffsCommand,
  dialCommand,
  backtestCommand,
  plansCommand,
  verifyCommand,
  approveCommand,
  setAsideCommand,
  exportCommand,
  runsCommand,
  backupCommand,
  solveCommand,
  caseStudyCommand,
  smsStudyCommand,
  serveCommand,
];
