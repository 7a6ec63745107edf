import { param } from '../call.ts';
import type { Handler } from '../call.ts';
import type { Admin, Team } from '../model.ts';
import { notFound } from '../problem.ts';
import { teamOf } from '../records.ts';

type View = { readonly [name: string]: unknown };

function adminView({ id, name, email, hasInboxSeat, teamIds }: Admin): View {
  return { type: 'admin', id: String(id), name, email, job_title: 'Support', away_mode_enabled: false, away_mode_reassign: false, away_status_reason_id: null, has_inbox_seat: hasInboxSeat, team_ids: teamIds };
}

function teamView({ id, name, adminIds }: Team): View {
  return { type: 'team', id: String(id), name, admin_ids: adminIds, admin_priority_level: {}, assignment_limit: null, distribution_method: null };
}

export const me: Handler = ({ workspace }) => ({
  ...adminView(workspace.tokenAdmin ?? workspace.admins[0]!), email_verified: true, avatar: { type: 'avatar', image_url: null },
  app: { type: 'app', id_code: workspace.idCode, name: 'Simulated workspace', created_at: workspace.now - 86_400 * 400, secure: false, identity_verification: false,
    timezone: workspace.options.timezone ?? 'America/Los_Angeles', region: workspace.options.region ?? 'US' },
});

export const listAdmins: Handler = ({ workspace }) => ({ type: 'admin.list', admins: workspace.admins.map((admin) => adminView(admin)) });
export const getAdmin: Handler = (call) => {
  const admin = call.workspace.admins.find(({ id }) => String(id) === param(call, 'id'));
  if (admin === undefined) throw notFound('Admin not found', 'admin_not_found');
  return adminView(admin);
};

export const listTeams: Handler = ({ workspace }) => ({ type: 'team.list', teams: workspace.teams.map((team) => teamView(team)) });
export const getTeam: Handler = (call) => teamView(teamOf(call.workspace, param(call, 'id')));
