/** Offers text to the operator as a file; the browser or the desktop shell asks where to. */
export function saveText(fileName: string, text: string): void {
  const type = fileName.endsWith('.json') ? 'application/json' : 'text/csv;charset=utf-8';
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The download reads the blob after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
