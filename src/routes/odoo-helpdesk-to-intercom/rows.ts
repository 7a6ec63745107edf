import type { Route } from '../../engine/route.ts';

/** In this order, each ending with its counts and a gate. Attributes are made before the first of them. */
export const phases: Route['phases'] = [
  { name: 'contacts', label: 'Contacts and companies', what: 'Partners that a ticket names, and their companies.' },
  { name: 'admins', label: 'Admins', what: 'Agents are found among the admins.' },
  { name: 'teams', label: 'Teams', what: 'Teams are found by name.' },
  { name: 'tags', label: 'Tags', what: 'Tags are found or made by name.' },
  { name: 'conversations', label: 'Conversations', what: 'Each ticket, with its description as the first message.' },
  { name: 'parts', label: 'Replies and notes', what: 'Messages in time order, with their files.' },
  { name: 'attachments', label: 'Further files and notes', what: 'Files beyond ten, files of tickets, files that cannot go in, ratings.' },
  { name: 'settings', label: 'Title, attributes, tags, assignment, state', what: 'Set once, the state last.' },
];
