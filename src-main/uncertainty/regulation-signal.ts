/**
 * The signals a unit that offers regulation may be sent, as a set. A signal s(τ) says which part of the offered capacity is wanted: 1 all of it
 * upwards (give more), −1 all of it downwards. The day is cut into windows of `windowSlots` slots from its start (the last may be shorter), and in
 * every window of L hours
 *
 *   |s(τ)| ≤ 1,    |∫ s| ≤ h  from the start of the window to any moment of it,    |∫ s| ≤ ν L  over the whole window
 *
 * Windows are on their own: what one leaves behind, the next may add to.
 */
export interface RegulationSignals {
  /** Whole slots, from 1 on. */
  windowSlots: number;
  /** ν, from 0 (neutral in energy) to 1 (no promise of it). */
  netShare: number;
  /** h: the longest a signal stays fully on one side, in hours. */
  runningHours: number;
}
