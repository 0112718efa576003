/** Ticks of a long time axis on the calendar of one zone: hours, days, months or years, whichever fit. */
import { addDays, type Zone } from '../../src-main/base/zone.ts';

export interface CalendarTick {
  utcMs: number;
  label: string;
}

const hour = 3_600_000;
const day = 24 * hour;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const hourSteps = [1, 2, 3, 6, 12];
const dayStepsUpTo = [1, 2, 5, 10];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

/** @param pixelsPerLabel room one label needs */
export function calendarTicks(
  zone: Zone,
  fromMs: number,
  toMs: number,
  pixels: number,
  pixelsPerLabel = 64,
): CalendarTick[] {
  if (!(toMs > fromMs) || pixels <= 0) return [];
  const room = ((toMs - fromMs) * pixelsPerLabel) / pixels;
  const hours = hourSteps.find((step) => step * hour >= room);
  if (hours !== undefined) return hourTicks(zone, fromMs, toMs, hours);
  const days = dayStepsUpTo.find((step) => step * day >= room);
  if (days !== undefined) return dayTicks(zone, fromMs, toMs, days);
  return monthTicks(zone, fromMs, toMs, monthSteps.find((step) => step * 30 * day >= room) ?? 240);
}

const dayName = (isoDate: string) => `${Number(isoDate.slice(8))} ${monthNames[Number(isoDate.slice(5, 7)) - 1]}`;

function hourTicks(zone: Zone, fromMs: number, toMs: number, step: number): CalendarTick[] {
  const ticks: CalendarTick[] = [];
  for (let at = Math.ceil(fromMs / hour) * hour; at <= toMs; at += hour) {
    const local = new Date(zone.toLocal(at));
    if (local.getUTCMinutes() !== 0 || local.getUTCHours() % step !== 0) continue;
    const text = local.toISOString();
    ticks.push({ utcMs: at, label: local.getUTCHours() === 0 ? dayName(text.slice(0, 10)) : text.slice(11, 16) });
  }
  return ticks;
}

function dayTicks(zone: Zone, fromMs: number, toMs: number, step: number): CalendarTick[] {
  const ticks: CalendarTick[] = [];
  for (let date = zone.dateOf(fromMs); ; date = addDays(date, 1)) {
    const utcMs = zone.startOfDay(date);
    if (utcMs > toMs) return ticks;
    const dayOfMonth = Number(date.slice(8));
    // The 31st and the first are neighbours: a step of several days restarts with each month.
    const kept = step === 1 || (dayOfMonth % step === 1 && dayOfMonth + step <= 32);
    if (utcMs >= fromMs && kept) ticks.push({ utcMs, label: dayName(date) });
  }
}

function monthTicks(zone: Zone, fromMs: number, toMs: number, step: number): CalendarTick[] {
  const ticks: CalendarTick[] = [];
  const first = zone.dateOf(fromMs);
  for (let month = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1; ; month++) {
    const year = Math.floor(month / 12);
    const utcMs = zone.startOfDay(`${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`);
    if (utcMs > toMs) return ticks;
    if (utcMs < fromMs || month % step !== 0) continue;
    ticks.push({
      utcMs,
      label: month % 12 === 0 ? String(year) : `${monthNames[month % 12]}${ticks.length === 0 ? ` ${year}` : ''}`,
    });
  }
}
