// The table of access, tests/web/access.tsv, and the roles it speaks of.
import { readFileSync, root, join } from './house.mjs';
import { OURS } from './town.mjs';

export const ROLES = ['visitor', 'no_role', 'member', 'unit_admin', 'researcher', 'manager', 'committee', 'city_officer', 'county_officer',
    'park_officer', 'registrar', 'market', 'cppcc_office', 'leader', 'secretary', 'reader_finance', 'reader_tax', 'reader_assets',
    'reader_personnel', 'reader_discipline', 'auditor', 'system_admin', 'security_admin', 'audit_admin'];
export const ALONE = ['city_officer', 'county_officer', 'park_officer', 'auditor', 'system_admin', 'security_admin', 'audit_admin'];
/** The city officer's is the city, the county officer's a district of it and the registrar's as well, the park officer's our organisation. */
export const SCOPES = { city_officer: '@620100', county_officer: '@620102', park_officer: `@${OURS}`, registrar: '@620102' };
const rows = readFileSync(join(root, 'tests/web/access.tsv'), 'utf8').split('\n').filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t'));
const holds = (list, what) => (list === '*' ? what !== '-' : list.split(',').includes(what));
/** What a cell of the table says: the last line that holds it. */
export const expected = (role, action, kind, object) => rows.findLast(row => holds(row[0], role) && holds(row[1], action)
    && holds(row[2], kind) && holds(row[3], object))?.[4];
