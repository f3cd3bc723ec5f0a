import { type Sharing, sharings, type ViewPage, viewPages } from '../../../application/views/manage.ts';
import { instant, oneOf, optional, primary, references, table, text, uuid } from './table.ts';

export interface SavedViewRow {
  readonly id: string;
  readonly owner: string;
  readonly page: ViewPage;
  readonly name: string;
  readonly query: string;
  readonly sharing: Sharing;
  readonly unit: string | null;
  readonly created_at: Date;
}

export const savedViewTable = table<SavedViewRow>(
  'saved_view',
  {
    id: primary('saved_view', uuid),
    owner: references(uuid, 'account', 'saved_view_owner_fkey'),
    page: text,
    name: text,
    query: text,
    sharing: text,
    unit: references(optional(text), 'unit', 'saved_view_unit_fkey'),
    created_at: instant,
  },
  {
    uniques: [{ name: 'saved_view_name_key', columns: ['owner', 'page', 'name'] }],
    indices: [{ name: 'saved_view_unit_idx', columns: ['unit'], where: 'unit is not null' }],
    checks: [
      oneOf('saved_view', 'page', viewPages),
      oneOf('saved_view', 'sharing', sharings),
      { name: 'saved_view_unit_check', expression: `(unit is not null) = (sharing = 'unit')` },
    ],
  },
);
