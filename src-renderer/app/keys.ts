/** Written shortcuts ("Ctrl+Enter", "Shift+F6") and the key presses they stand for. Command takes the place of Ctrl on macOS. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export function isPressed(keys: string, press: KeyPress): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)!.toLowerCase();
  const wants = (name: string): boolean => parts.includes(name);
  return (
    press.key.toLowerCase() === key &&
    (press.ctrlKey || press.metaKey) === wants('Ctrl') &&
    press.shiftKey === wants('Shift') &&
    press.altKey === wants('Alt')
  );
}
