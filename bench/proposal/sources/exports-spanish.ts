/** Spanish exports; form as in crm-english.ts. Origin: the products' Spanish interfaces and help pages. */
export const exportsSpanish = `
# holded contactos organisation es
ID | ID | id | hexid
Nombre | Nombre | company
NIF | NIF | vat
Dirección | Dirección | street
Población | Población | city
Código postal | Código postal | zip
Provincia | Provincia | region
País | País | country
Email | Email | email
Teléfono | Teléfono | phone
Móvil | Móvil | mobile
Página web | Página web | website
Tipo de contacto | Tipo de contacto | ctype
Etiquetas | Etiquetas | tags
Forma de pago | Forma de pago | terms
Moneda | Moneda | - | enum:EUR,USD
IBAN | IBAN | iban
Sector | Sector | industry
Nº de empleados | Nº de empleados | employees
Facturación anual | Facturación anual | revenue
Responsable | Responsable | owner
Observaciones | Observaciones | notes
Idioma | Idioma | lang
Referencia | Referencia | accountno
Fecha de creación | Fecha de creación | created
Última modificación | Última modificación | updated
Recargo de equivalencia | Recargo de equivalencia | - | bool
# clientify contactos person es
Tratamiento | Tratamiento | prefix
Nombre | Nombre | first
Apellidos | Apellidos | last
Empresa | Empresa | company
Cargo | Cargo | job
Correo electrónico | Correo electrónico | email
Correo personal | Correo personal | - | email
Teléfono trabajo | Teléfono trabajo | phone
Teléfono móvil | Teléfono móvil | mobile
Teléfono casa | Teléfono casa | - | phone
Calle | Calle | street
Ciudad | Ciudad | city
Provincia/Estado | Provincia/Estado | region
CP | CP | zip
País | País | country
Fecha de nacimiento | Fecha de nacimiento | birthday
Origen | Origen | source
Estado del contacto | Estado del contacto | pstatus
Propietario | Propietario | owner
Etiquetas | Etiquetas | tags
Comentarios | Comentarios | notes
LinkedIn | LinkedIn | linkedin
Twitter | Twitter | twitter
Baja de emails | Baja de emails | optout
Último contacto | Último contacto | lastcontact
Fecha de alta | Fecha de alta | created
Modificado | Modificado | updated
Puntuación | Puntuación | - | int
DNI | DNI | - | natid
# sage oportunidades deal es
Código | Código | id
Oportunidad | Oportunidad | dname
Cliente | Cliente | orgRef | company
Persona de contacto | Persona de contacto | contact | full
Importe | Importe | amount
Importe ponderado | Importe ponderado | weighted
Probabilidad (%) | Probabilidad (%) | prob
Etapa de venta | Etapa de venta | stage
Estado | Estado | dstatus
Embudo | Embudo | pipeline
Fecha prevista de cierre | Fecha prevista de cierre | close
Fecha real de cierre | Fecha real de cierre | closedAt
Comercial asignado | Comercial asignado | owner
Equipo de ventas | Equipo de ventas | team
Fuente | Fuente | source
Campaña | Campaña | campaign
Motivo de pérdida | Motivo de pérdida | lostReason
Prioridad | Prioridad | priority
Próximo paso | Próximo paso | nextstep
Competidor | Competidor | - | company
Descripción | Descripción | desc
Divisa | Divisa | currency
Tipo de cambio | Tipo de cambio | - | rate
Correo del contacto | Correo del contacto | contactEmail
Ingresos recurrentes mensuales | Ingresos recurrentes mensuales | mrr
Creado por | Creado por | - | full
Fecha de creación | Fecha de creación | created
Días en la etapa | Días en la etapa | - | int
# soporte tickets ticket es
Número | Número | tno
Asunto | Asunto | subject
Descripción | Descripción | body
Solicitante | Solicitante | requester | full
Correo del solicitante | Correo del solicitante | reqEmail
Teléfono del solicitante | Teléfono del solicitante | reqPhone
Empresa | Empresa | orgRef | company
Asignado a | Asignado a | assignee
Grupo | Grupo | team
Estado | Estado | tstatus
Prioridad | Prioridad | tpriority
Tipo | Tipo | ttype
Categoría | Categoría | tcat
Canal | Canal | channel
Etiquetas | Etiquetas | tags
Fecha de vencimiento | Fecha de vencimiento | due
Creado el | Creado el | created
Resuelto el | Resuelto el | resolved
Cerrado el | Cerrado el | closed
Actualizado el | Actualizado el | updated
Primera respuesta | Primera respuesta | firstresp
Tiempo de resolución | Tiempo de resolución | - | int
Encuesta de satisfacción | Encuesta de satisfacción | csat
Copia (CC) | Copia (CC) | cc
Reaperturas | Reaperturas | - | int
# tienda clientes person es
ID cliente | ID cliente | id
Nombre | Nombre | first
Primer apellido | Primer apellido | last
Segundo apellido | Segundo apellido | last2
Email | Email | email
Teléfono | Teléfono | phone
Empresa | Empresa | company
NIF/CIF | NIF/CIF | vat
Dirección de facturación | Dirección de facturación | street
Piso | Piso | street2
Código postal | Código postal | zip
Localidad | Localidad | city
Provincia | Provincia | region
País | País | country
Dirección de envío | Dirección de envío | - | street
Acepta publicidad | Acepta publicidad | optin
Total gastado | Total gastado | - | money
Nº de pedidos | Nº de pedidos | - | int
Último pedido | Último pedido | - | date
Grupo de clientes | Grupo de clientes | ctype
Fecha de registro | Fecha de registro | signup
Sexo | Sexo | gender
Cumpleaños | Cumpleaños | birthday
# zoho3 prospectos lead es
Id. de registro | Id. de registro | id
Nombre | Nombre | first
Apellidos | Apellidos | last
Empresa | Empresa | company
Título | Título | job
Correo electrónico | Correo electrónico | email
Teléfono | Teléfono | phone
Móvil | Móvil | mobile
Fax | Fax | - | phone
Sitio web | Sitio web | website
Fuente de prospecto | Fuente de prospecto | source
Estado de prospecto | Estado de prospecto | pstatus
Industria | Industria | pindustry
Ingresos anuales | Ingresos anuales | prevenue
Núm. de empleados | Núm. de empleados | pemployees
Propietario de prospecto | Propietario de prospecto | owner
Calle | Calle | street
Ciudad | Ciudad | city
Estado | Estado | region
Código postal | Código postal | zip
País | País | country
Descripción | Descripción | desc
Etiqueta | Etiqueta | tags
Hora de creación | Hora de creación | created
Hora de modificación | Hora de modificación | updated
No participación correo electrónico | No participación correo electrónico | optout
`;
