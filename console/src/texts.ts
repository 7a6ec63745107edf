/** Every text of the console, in one catalog: another language is another file of this shape. */
const number = (value: number): string => value.toLocaleString('en');
const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;

export const texts = {
  product: 'Portolan', skip: 'Skip to the content', loading: 'Loading …', tryAgain: 'Try again', save: 'Save', cancel: 'Cancel', whatToDo: 'What to do: ', yes: 'yes', no: 'no', none: 'none', number, count, clipped: (length: number): string => `… (${number(length)} characters)`,
  time: (iso: string | null): string => (iso === null ? '' : new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })),
  colours: { auto: 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' },
  problem: {
    serverAway: 'The server cannot be reached.', serverAwayRemedy: 'Runs go on without this page. Check that `portolan serve` is running, then try again.',
    unexpected: (status: number): string => `The server answered with ${status}.`, page: 'This page cannot be shown', line: (line: number): string => `line ${line}`,
  },
  access: {
    signIn: 'Sign in', signOut: 'Sign out', email: 'E-mail address', password: 'Password', name: 'Your name', firstRun: 'Make the owner\'s account',
    firstRunAbout: 'Nobody has an account here yet. Who makes the first one owns this installation: connects, runs, approves, and gives accounts to others.',
    code: 'Code', codeHelp: 'The server printed it in its terminal when it started.', passwordHelp: 'At least 12 characters. A sentence is good.', make: 'Make the account',
    role: { owner: 'owner', operator: 'operator', reviewer: 'reviewer', viewer: 'viewer' },
    mayNot: (role: string): string => `Your role (${role}) may look at this, and not do it.`,
  },
  projects: {
    title: 'Projects', create: 'New project', empty: 'No project yet. A project is one migration, from one product to another.', state: 'State', plan: 'Plan', run: 'Latest run', held: 'Held back', name: 'Name', route: 'Route',
    noPlan: 'none yet', confirmed: (version: number): string => `version ${version}, confirmed`, open: (lines: number, decisions: number): string => `${count(lines, 'line')} to review, ${count(decisions, 'decision')} open`,
    demo: 'demo', demos: 'Try it with made-up records', demosAbout: 'Makes a project with both sides simulated on this machine and connected already. Go through it from discovery to rollback; nothing outside is touched.', tryRoute: (route: string): string => `Try ${route}`, demoStarting: 'Starting the simulators …',
    demoOwn: (host: string): string => `A demo: both sides are simulators on this machine (${host}). They end with the server and come back with it, with what they hold.`, later: 'Let some days pass at the source', laterDone: 'Some records have changed, some are new, some are gone. Discover again, then start a run of what changed since.',
    next: { connect: 'connect', discover: 'discover', plan: 'propose a plan', review: 'review the plan', confirm: 'confirm the plan', run: 'run', gate: 'open a gate', watch: 'running', quarantine: 'look at what is held back', done: 'done' },
  },
  create: {
    title: 'New project', source: 'From', destination: 'To', guide: 'The route', noRoute: 'There is no route between these two yet.', choose: 'Choose where the records are and where they go. What moves, what is lost and what to look out for stands here then.',
    nameHelp: 'Letters, digits, dots, dashes, underscores.', make: 'Make the project', moves: 'What moves', losses: 'What does not survive', gotchas: 'Look out for', noLoss: 'Nothing is lost that this route knows of.', pick: 'Choose a source and a destination first.',
  },
  steps: { overview: 'Project', connect: 'Connect', discovery: 'Discovery', map: 'Map', decisions: 'Decisions', file: 'Plan file', run: 'Run', verification: 'Verification', quarantine: 'Held back', rollback: 'Roll back', documents: 'Documents' },
  connect: {
    title: 'Connect', source: 'Source', destination: 'Destination', kept: 'Stored encrypted; leave empty to keep it', saved: 'Saved.', upload: (setting: string): string => `Or upload it: ${setting}`, uploaded: (name: string): string => `Uploaded ${name}.`,
    check: 'Check both sides', checking: 'Checking …', checks: 'Checks', result: { passed: 'passed', warning: 'warning', failed: 'failed', unknown: 'not known' }, remedy: 'What to do', nothingChanged: 'Checks read only; nothing is changed at either side.', secretHelp: 'Never shown again.',
  },
  discovery: {
    title: 'Discovery', start: 'Discover both sides', again: 'Discover again', running: 'Reading …', none: 'Nothing was discovered yet. Discovery reads objects, fields and values of both sides, and changes nothing.',
    objects: 'Objects', records: 'Records', fields: 'Fields', custom: 'own field', filled: 'Filled', distinct: 'Different values', samples: 'Samples', type: 'Type', notCounted: 'not counted', limits: 'Limits', notes: 'What reading found', questions: 'To decide before reading', field: 'Field',
    progress: (role: string, subject: string, done: number): string => `${role}: ${subject}, ${number(done)}`, propose: 'Propose a plan', proposed: (version: number): string => `Plan version ${version} is proposed.`,
  },
  map: {
    title: 'Map', none: 'There is no plan yet: discover both sides and propose one.', search: 'Search fields, reasons, values', all: 'All', review: 'To review', lossy: 'Lossy', custom: 'Own fields', confirmed: 'Confirmed', unsure: 'Unsure', object: 'Object', everyObject: 'every object',
    source: 'Source field', destination: 'Destination field', how: 'How', state: 'State', confidence: 'Confidence', reason: 'Reason', evidence: 'Values', loss: 'What is lost', table: 'Lines of the plan',
    status: { proposed: 'to review', confirmed: 'confirmed', rejected: 'left out' }, kind: { mapping: 'object', field: 'field', leftOut: 'left out', schema: 'new field' }, nothing: 'not moved', lossMark: 'loss', customMark: 'own',
    confirm: 'Confirm', reject: 'Reject', reopen: 'Reopen', undo: 'Undo', confirmSelected: (lines: number): string => `Confirm ${number(lines)} selected`, confirmShown: (lines: number): string => `Confirm ${number(lines)} shown`, select: (line: string): string => `Select ${line}`,
    shown: (shown: number, all: number): string => `${number(shown)} of ${count(all, 'line')}`, saving: 'Saving …', saved: 'All saved', unsaved: (lines: number): string => `${count(lines, 'change')} to save`,
    keys: 'Keys: ↑ ↓ move, Enter confirm, R reject, O reopen, Space select, / search, Ctrl+Z undo, P other places (1 to 9 choose one), T transforms, M remarks', detail: 'Line', picture: 'Objects',
    conflict: (lines: number): string => `Somebody else saved the plan meanwhile. Your ${count(lines, 'change')} ${lines === 1 ? 'is' : 'are'} kept here and not saved yet.`, applyAgain: 'Apply mine to the newest version', discard: 'Drop mine', gone: (lines: number): string => `${count(lines, 'line')} of yours ${lines === 1 ? 'is' : 'are'} not in the newest version.`,
    confirmPlan: 'Confirm the plan', confirmPlanAll: 'Accept all recommendations and confirm', planConfirmed: (by: string, at: string): string => `Confirmed by ${by}, ${at}.`, openPoints: (lines: number, decisions: number): string => `${count(lines, 'line')} to review and ${count(decisions, 'decision')} open.`,
    acceptAsk: (lines: number, decisions: number): string => `This confirms ${count(lines, 'proposed line')} as ${lines === 1 ? 'it is' : 'they are'}, and answers ${count(decisions, 'open decision')} by the recommendation where there is one.`,
    previewTitle: 'Preview a record', previewObject: 'Source object', previewId: 'Id of a source record', previewShow: 'Show what would be written', was: 'Source', becomes: 'Will be written', why: 'Why', skip: 'not moved', quarantine: 'held back', write: 'written',
  },
  line: {
    tabs: { why: 'Why', places: 'Other places', transforms: 'Transforms and preview', remarks: 'Remarks', someRemarks: (remarks: number): string => `Remarks (${number(remarks)})` }, remarkMark: (remarks: number): string => `✎ ${number(remarks)}`, percent: (share: number): string => (share < 0.01 ? 'under 1 %' : `${Math.round(share * 100)} %`),
    presentPlace: (name: string, label: string, confidence: number | null): string => `It goes to ${label === name ? name : `${label} (${name})`} now${confidence === null || confidence < 0.01 ? '' : ` (${Math.round(confidence * 100)} %)`}. Choosing another place confirms the line; Undo takes it back.`,
    noPlaces: 'The proposer sees no other place for it.', notMovable: 'Its value comes from several fields, a link or a look-up, or is always the same: another place needs a line of its own, in the plan file.', place: 'Destination field', type: 'Type', use: 'Use', choose: (name: string): string => `Use ${name}`, anyPlace: 'Any other field', doesNotFit: (why: string): string => `Does not fit: ${why}.`, taken: (by: string): string => `Filled already, from ${by}.`,
    asItIs: 'The value goes in as it is.', transform: 'Transform', step: (at: number, name: string): string => `Step ${at}: ${name}`, parameters: (name: string): string => `Parameters of ${name}`, noParameters: 'takes no parameters', example: 'such as', up: (name: string): string => `Move ${name} up`, down: (name: string): string => `Move ${name} down`, remove: (name: string): string => `Remove ${name}`, add: 'Add a transform', saveTransforms: 'Save the transforms', dropTransforms: 'Back to what is saved', notJson: 'This is begun as JSON and is none yet.',
    problems: (problems: number): string => `${count(problems, 'mistake')} in this line`, tried: (records: number): string => `Tried on ${count(records, 'record')}:`,
    outcomes: (counts: Readonly<Record<'written' | 'empty' | 'notWritten' | 'quarantine', number>>): string => `${number(counts.written)} with a value, ${number(counts.empty)} empty${counts.notWritten === 0 ? '' : `, ${number(counts.notWritten)} not written`}, ${number(counts.quarantine)} would be held back.`,
    unread: 'Nothing was read in yet: these are the first records of the source, whose links are not known.', record: 'Source record', before: 'Source value', result: 'Result', why: 'Why', outcome: { written: 'written', empty: 'empty', notWritten: 'not written', quarantine: 'held back' },
    noRemarks: 'Nobody has said anything about this line. Remarks stand beside the plan: a confirmed plan stays confirmed.', remark: 'Your remark', send: 'Add the remark', takeBack: 'Take back',
  },
  decisions: { title: 'Decisions', none: 'The plan asks nothing.', answer: 'Save the answer', recommended: 'recommended', open: 'open', answered: 'answered', free: { number: 'Another number', text: 'Another answer' }, effect: 'Effect', saved: 'Saved.', reason: 'Why this is asked', evidence: 'Values', reopen: 'Open again', openOnly: 'Only open ones', left: (open: number, all: number): string => `${number(open)} of ${count(all, 'decision')} open` },
  queue: {
    queues: 'Queues', choose: 'choose', options: 'Answers', people: 'People of the destination', free: 'Something else', value: 'Value', answer: 'Answer', effect: 'Effect', chosen: (values: number): string => `${count(values, 'value')} chosen:`, forChosen: 'Answer for all chosen ones', together: (effect: string): string => `Together: ${effect}`, each: (effect: string): string => `For each: ${effect}`, put: 'Put it to all of them', reopen: 'Open them again', selectAll: 'Select all shown', more: (values: number): string => `Show ${number(values)} more`,
    save: (answers: number): string => (answers === 0 ? 'Save the answers' : `Save ${count(answers, 'answer')}`), takeRecommended: (values: number): string => `Take the recommendation for ${number(values)} open`, forget: 'Forget what is not saved', ifRecommended: 'As recommended:', state: { open: 'open', answered: 'answered', unsaved: 'not saved' }, left: (open: number, all: number): string => `${number(open)} of ${number(all)} open`, moreEffects: (values: number): string => `and ${count(values, 'value')} more`,
    families: {
      'owner': 'Owners without a user', 'admin': 'Agents without an admin', 'list': 'Lists', 'contact-rule': 'People on lists', 'list-status-meaning': 'Statuses of lists: meaning', 'list-status-probability': 'Statuses of lists: probability in percent', 'stage-place': 'Stages: where they go', 'stage-meaning': 'Stages: meaning', 'stage-probability': 'Stages: probability in percent',
      'status-meaning': 'Statuses of deals', 'currency-rate': 'Currencies', 'dummy-email': 'E-mail addresses that look made up', 'unknown-file': 'Files that nobody knows', 'stage-state': 'Stages: state', 'stage-team': 'Stages: team', 'object-type': 'Types of objects', 'segment': 'Segments',
    } as Readonly<Record<string, string>>,
  },
  owners: { title: 'Owners of what was read in', about: 'Give the records of an owner to a user of the destination, also after the load: only these records are written, and later runs hold to it.', owner: 'Owner at the source', records: 'Records', current: 'User now', next: 'New user', nobody: 'nobody', asItIs: 'as it is', newUser: (owner: string): string => `New user for ${owner}`, assign: (owners: number): string => (owners === 0 ? 'Assign' : `Assign ${count(owners, 'owner')}`), assigned: (assigned: number, unchanged: number): string => `${count(assigned, 'owner')} assigned${unchanged === 0 ? '' : `, ${number(unchanged)} had that user already`}.` },
  file: { title: 'Plan file', about: 'The whole plan as YAML: what the map does not offer can be edited here. Mistakes are told with their lines, and what you typed stays.', save: 'Save as a new version', saved: (version: number): string => `Saved as version ${version}.`, label: 'Plan as YAML', version: (version: number): string => `Version ${version}`, problems: (problems: number): string => `Not saved: ${count(problems, 'mistake')}` },
  run: {
    title: 'Run', start: 'Start a run', mode: 'What to run', modes: { sample: 'Sample', production: 'Everything', delta: 'What changed since', rollback: 'Rollback', preview: 'Preview', sandbox: 'Sandbox' },
    about: { sample: 'Loads some connected records into the destination, and reads them back.', production: 'Loads everything the confirmed plan says, phase by phase.', delta: 'Writes what is new, changed or gone at the source since the last run.' },
    records: 'Records of the sample', clean: 'Open a gate by itself where the counts add up and every field came back right', dry: 'Only show what it would do', host: (host: string): string => `Type ${host} to confirm that this is where records are written`, go: 'Start',
    notConfirmed: 'The plan is not confirmed yet: review it on the page Map first.', none: 'No run yet.', phases: 'Phases', pause: 'Pause', resume: 'Go on', stop: 'Cancel the run', gate: (phase: string): string => `Phase ${phase} is done and waits for an approval.`, approve: 'Approve and go on', objections: 'Not clean:', cleanGate: 'Its counts add up and every field came back right.',
    status: { running: 'running', paused: 'paused', waiting: 'waits at a gate', succeeded: 'succeeded', withQuarantine: 'done, some records held back', failed: 'failed', interrupted: 'interrupted', cancelled: 'cancelled' },
    ownPhases: { extract: 'Read the source', index: 'Join records', prepare: 'New fields', verification: 'Verification', proof: 'Proof', deletions: 'Gone at the source' } as Readonly<Record<string, string>>,
    phase: { waiting: 'to come', running: 'running', gate: 'waits for approval', done: 'done', failed: 'failed' }, progress: (done: number, total: number | null): string => (total === null ? number(done) : `${number(done)} of ${number(total)}`), rate: (perSecond: number): string => `${perSecond < 10 ? perSecond.toFixed(1) : number(Math.round(perSecond))} a second`,
    left: (seconds: number): string => (seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s left` : `about ${Math.round(seconds / 60)} min left`), goesOn: 'The run goes on when this page is closed.', pausing: 'pausing after the batches under way', cancelling: 'stopping after the batches under way', history: 'All runs', startedAt: 'Started', written: 'written', calls: 'Calls made', dryRun: 'dry run',
    report: 'Counts', object: 'From', into: 'Into', read: 'Read', created: 'Created', updated: 'Updated', matched: 'Matched', merged: 'Merged', skipped: 'Skipped', quarantined: 'Held back', failed: 'Failed', deleted: 'Deleted', balanced: 'Adds up', cancelAsk: 'The run stops for good. What is in stays in; a rollback takes it out.', liveAway: 'Live progress is interrupted; trying again.',
  },
  flow: {
    title: 'Where the records went', about: 'Every record that was read is in exactly one band of its object. A record that becomes two records counts once for each.', asTable: 'The same as a table', picture: (read: number, objects: number): string => `Flow of ${count(read, 'record')} of ${count(objects, 'object')}; the table below says the same in words and numbers.`,
    from: 'From', into: 'Into', outcome: 'What became of it', reason: 'Reason', records: 'Records', notMoved: 'the plan does not read it', none: 'No record was loaded yet.',
    outcomes: { created: 'created', updated: 'updated', matched: 'there already, matched', merged: 'merged', unchanged: 'unchanged', skipped: 'skipped', quarantined: 'held back', failed: 'failed', deleted: 'deleted', archived: 'archived', kept: 'kept', leftOut: 'left out' },
  },
  calls: {
    title: 'Calls', made: (calls: number, perSecond: number | null): string => `${count(calls, 'call')}${perSecond === null ? '' : `, ${perSecond < 10 ? perSecond.toFixed(1) : number(Math.round(perSecond))} a second on average`}`, budget: (share: number, perSecond: number): string => `${number(Math.round(share * 100))} % of the ${number(perSecond)} a second it keeps to`,
    window: (left: number, limit: number): string => `${number(left)} of ${number(limit)} left in the platform's own window`, pausedUntil: (time: string): string => `waits until ${time}, as the platform asked`, noLimit: 'no limit is known', meter: (side: string): string => `Calls of the ${side} against its limit`,
  },
  verification: {
    title: 'Verification', none: 'Nothing was read back yet: start a run.', about: 'Every field of every written record is read back and compared.', exact: 'Exact', equal: 'Equal after normalising', lossy: 'Loss declared', mismatch: 'Different', unreadable: 'Not readable', mapping: 'Object', fields: 'Fields', records: 'Records', findings: 'Fields that differ', written: 'Written', found: 'Found', record: 'Source record', field: 'Field', kind: 'Class', noFindings: 'No field differs.',
    classes: { declaredLossy: 'loss declared', mismatch: 'different', unreadable: 'not readable' }, reconciliation: 'Reconciliation', run: 'Run',
    balanced: 'Every phase adds up.', unbalanced: 'A phase does not add up.',
  },
  quarantine: { title: 'Held back', none: 'No record is held back.', about: 'Nothing of these was written. Each has a reason and what to do.', code: 'Code', all: 'every code', record: 'Source record', where: 'Where', message: 'What happened', remedy: 'What to do', download: 'Download as CSV', correct: 'Correct', retry: 'Load again', retryAll: (records: number): string => `Load ${count(records, 'shown record')} again`, more: 'More', correctTitle: (id: string): string => `Correct ${id}`, started: 'A run was started for it.', unreadable: 'This row could not be read; correct it in the source, and run again.' },
  rollback: {
    title: 'Roll back', about: 'Deletes what this project created, restores what it changed, removes the fields it added, and proves it by fingerprints. What people changed since is kept and listed.', dry: 'Show what it would do', go: 'Roll back', ask: (host: string): string => `Type ${host} to confirm`, nothing: 'Nothing was loaded by this project.', deleted: 'deleted', restored: 'restored', kept: 'kept', would: 'It would be', result: 'Result',
    changed: 'Also delete records that people changed since', proof: 'Proof', before: 'Fingerprint before the first write', after: 'Fingerprint after the rollback', identical: 'The two are identical: the destination is as it was.', different: 'The two differ:', residue: 'Kept', reason: 'Reason', dryFirst: 'Look at the dry run first.',
  },
  documents: { title: 'Documents', about: 'Scope, map, reconciliation, verification, spot check, rollback proof and the cut-over checklist, as HTML, workbook, CSV and JSON. Making it reads a few records at the destination.', handoff: 'Download the hand-off (zip)', reports: 'Reports of runs', report: 'Download', none: 'No run yet.' },
  people: {
    title: 'People and tokens', accounts: 'Accounts', add: 'Make an account', role: 'Role', tokens: 'API tokens', addToken: 'Make a token', tokenName: 'What it is for', days: 'Days it lives', once: 'Copy it now: it is shown this once.', revoke: 'Revoke', remove: 'Remove', audit: 'Audit log', at: 'When', who: 'Who', what: 'What', details: 'Details', project: 'Project', expires: 'Ends', used: 'Last used', never: 'never', initial: 'First password',
    roles: { owner: 'owner: everything', operator: 'operator: connects, runs, rolls back; does not sign off', reviewer: 'reviewer: reviews, confirms plans, opens gates', viewer: 'viewer: looks' },
  },
} as const;
