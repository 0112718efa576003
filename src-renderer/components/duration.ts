/** Spans of time in words an operator uses: "40 s", "3 min 05 s", "2 h 10 min", "4 days". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min ${String(seconds % 60).padStart(2, '0')}\u00a0s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}\u00a0h ${String(minutes % 60).padStart(2, '0')}\u00a0min`;
  return `${Math.floor(hours / 24)}\u00a0days`;
}

/** Age, coarsely: "just now", "12 min old", "5 h old", "3 days old". */
export const formatAge = (milliseconds: number): string => ageWith(milliseconds, 'old');
/** How long ago, coarsely: "just now", "12 min ago", "5 h ago", "3 days ago". */
export const formatAgo = (milliseconds: number): string => ageWith(milliseconds, 'ago');

function ageWith(milliseconds: number, word: string): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes}\u00a0min ${word}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}\u00a0h ${word}`;
  return `${Math.floor(hours / 24)}\u00a0days ${word}`;
}
