/** Money that must add up: whole cents, never rounded to digits. "1,234.05" */
export function formatMoney(cents: number): string {
  const whole = Math.abs(Math.round(cents));
  const units = String(Math.floor(whole / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  const text = `${units}.${String(whole % 100).padStart(2, '0')}`;
  return cents < 0 && whole > 0 ? `\u2212${text}` : text;
}
