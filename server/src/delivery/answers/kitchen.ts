import type { Host } from '../../../../migrations/apply/host';
import type { Sequence } from '../numbering';

import type { Rights } from './rights';

/** What an answer is made with. */
export interface Kitchen {
  host: Host;
  rights: Rights;
  /** How far the table had come when the request came in. */
  sequence: Sequence;
}
