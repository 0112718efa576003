/** Exceptions of a plan of trucks as the list shows them. */
import type { SmsExceptionPayload } from '../../../src-main/contract/sms.ts';
import type { ListedException } from '../../components/listed-exceptions.ts';

export const listedOf = (
  exceptions: readonly SmsExceptionPayload[],
): (ListedException & Pick<SmsExceptionPayload, 'subject'>)[] =>
  exceptions.map((exception) => ({
    ...exception,
    action: { label: exception.subject.kind === 'plan' ? 'Show the search' : 'Show', screen: 'routing' },
    count: 1,
  }));
