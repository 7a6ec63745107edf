/** Fields of the simulated models, as `fields_get` lists them for an administrator (Odoo 14, 17, 18, 19, measured). Notation: `parse-schema.ts`. */
export const technicalModels = `
# ir.model "Models"
abstract boolean "Abstract Model" @19
field_id one2many!(ir.model.fields,model_id) "Fields"
fold_name char "Fold Field" @19
info text "Information"
is_mail_activity boolean "Mail Activity" @14
is_mail_activity boolean "Has Mail Activity" @17,18,19
is_mail_blacklist boolean "Mail Blacklist" @14
is_mail_blacklist boolean "Has Mail Blacklist" @17,18,19
is_mail_thread boolean "Mail Thread" @14
is_mail_thread boolean "Has Mail Thread" @17,18,19
model char!
modules char-~ "In Apps"
name char! "Model Description"
order char!
state selection-[manual=Custom Object|base=Base Object] "Type"
transient boolean "Transient Model"
# ir.model.fields "Fields"
company_dependent boolean- @18,19
complete_name char @14,17,18
compute text
copied boolean
currency_field char "Currency field" @17,18,19
depends char "Dependencies"
domain char
field_description char! "Field Label"
groups many2many(res.groups)
help text "Field Help"
index boolean "Indexed"
model char! "Model Name"
model_id many2one!(ir.model) "Model"
name char! "Field Name"
on_delete selection[cascade=Cascade|set null=Set NULL|restrict=Restrict]
readonly boolean
related char "Related Field" @14,17
related char "Related Field Definition" @18,19
related_field_id many2one-(ir.model.fields) "Related field" @14,17
related_field_id many2one-(ir.model.fields) "Related Field" @18,19
relation char "Related Model"
relation_field char
relation_field_id many2one-(ir.model.fields) "Relation field"
relation_table char
required boolean
selectable boolean
selection char~ "Selection Options (Deprecated)"
selection_ids one2many(ir.model.fields.selection,field_id) "Selection Options"
size integer
state selection!-[manual=Custom Field|base=Base Field] "Type"
store boolean "Stored"
tracking integer "Enable Ordered Tracking"
translate boolean "Translatable" @14,17,18
translate selection[standard=Translate as a whole|html_translate=Translate HTML terms|xml_translate=Translate XML terms] "Translatable" @19
ttype selection![field-types] "Field Type"
# ir.model.fields.selection "Fields Selection"
field_id many2one!(ir.model.fields) "Field"
name char!
sequence integer
value char!
# ir.model.data "Model Data"
complete_name char-~ "Complete ID"
model char! "Model Name"
module char!
name char! "External Identifier"
noupdate boolean "Non Updatable"
reference char-~
res_id many2one_reference "Record ID"
# ir.module.module "Module"
name char!- "Technical Name"
shortdesc char- "Module Name"
latest_version char- "Installed Version"
author char-
application boolean-
license selection-[GPL-2=GPL Version 2|GPL-2 or any later version=GPL-2 or later version|GPL-3=GPL Version 3|GPL-3 or any later version=GPL-3 or later version|AGPL-3=Affero GPL-3|LGPL-3=LGPL Version 3|Other OSI approved licence=Other OSI Approved License|OEEL-1=Odoo Enterprise Edition License v1.0|OPL-1=Odoo Proprietary License v1.0|Other proprietary=Other Proprietary]
state selection-[uninstallable=Uninstallable|uninstalled=Not Installed|installed=Installed|to upgrade=To be upgraded|to remove=To be removed|to install=To be installed] "Status"
# ir.config_parameter "System Parameter"
key char!
value text!
# ir.cron "Scheduled Actions"
name char!~
cron_name char "Name"
model_id many2one(ir.model) "Model"
model_name char- "Model Name"
code text "Python Code"
state selection[object_create=Create a new Record|object_write=Update the Record|code=Execute Python Code|multi=Execute several actions|email=Send Email|followers=Add Followers|next_activity=Create Next Activity|sms=Send SMS Text Message] "Action To Do"
numbercall integer "Number of Calls" @14,17
priority integer
user_id many2one!(res.users) "Scheduler User"
active boolean
interval_number integer
interval_type selection[minutes=Minutes|hours=Hours|days=Days|weeks=Weeks|months=Months] "Interval Unit"
nextcall datetime! "Next Execution Date"
# base.automation "Automated Action"
active boolean
description html @17,18,19
filter_domain char "Apply on"
filter_pre_domain char "Before Update Domain"
state selection[object_create=Create a new Record|object_write=Update the Record|code=Execute Python Code|multi=Execute several actions|email=Send Email|followers=Add Followers|next_activity=Create Next Activity|sms=Send SMS Text Message] "Action To Do" @14
code text "Python Code" @14
last_run datetime-
model_id many2one!(ir.model) "Model"
model_name char- "Model Name"
name char! "Action Name" @14
name char! "Automation Rule Name" @17,18,19
trg_date_range integer "Delay after trigger date" @14,17,18
trg_date_range integer "Delay" @19
trigger selection![on_create=On Creation|on_write=On Update|on_create_or_write=On Creation & Update|on_unlink=On Deletion|on_change=Based on Form Modification|on_time=Based on Timed Condition] @14
trigger selection![triggers] @17,18,19
# ir.ui.view "View"
name char! "View Name"
model char
key char
priority integer! "Sequence"
arch text~ "View Architecture"
arch_base text~ "Base View Architecture"
xml_id char-~ "External ID"
inherit_children_ids one2many(ir.ui.view,inherit_id) "Views which inherit from this one"
arch_db text "Arch Blob"
inherit_id many2one(ir.ui.view) "Inherited View"
mode selection![primary=Base view|extension=Extension View] "View inheritance mode"
active boolean
type selection[tree=Tree|form=Form|graph=Graph|pivot=Pivot|calendar=Calendar|kanban=Kanban|search=Search|qweb=QWeb|activity=Activity] "View Type" @14,17
type selection[list=List|form=Form|graph=Graph|pivot=Pivot|calendar=Calendar|kanban=Kanban|search=Search|qweb=QWeb|activity=Activity] "View Type" @18,19
`;
