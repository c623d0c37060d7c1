import { type Act, answer, open, quote } from './script.ts';

const question = { kind: 'question' } as const;
const complaint = { kind: 'complaint' } as const;
const SITE = 'https://cuentaclara.example.com';

/** Conversations in Spanish that go on over time. Where one of our accounts answers, only the past tells it: afterwards it is the user who does. */
export const CONVERSATIONS_ES: readonly Act[] = [
  [
    open('berta_hilos', '@CuentaClara si una clienta devuelve una tela y le hago un vale, ¿es factura rectificativa ya o espero a que lo gaste?', question),
    answer('CuentaClara', `Buena pregunta, Berta. La devolución se rectifica al aceptarla; el vale es solo la forma de devolver el dinero. Con ejemplo de mercería: ${SITE}/articulos/devoluciones-y-vales`),
    answer('berta_hilos', '¡Y encima con ejemplo de mercería! Resuelto, hoy cierro la tienda contenta. Gracias 🧵'),
  ],
  [
    open('martin_olmo', '@CuentaClara tercera vez que el pago con tarjeta se queda pensando y no termina. Ni confirma ni cancela. ¿Me habéis cobrado?', complaint),
    answer('CuentaClara', 'Lo sentimos, Martín. Hay tres intentos y ningún cargo: el banco los rechazó por el código. Tienes un enlace nuevo en tu cuenta, válido dos días.'),
    answer('martin_olmo', 'Ahora sí, a la primera. Gracias por mirarlo tan rápido, ya me veía llamando al banco.'),
  ],
  [
    open('yago_pixel', '@CuentaClara me he suscrito hace una hora y la web insiste en que no soy suscriptor. Qué relación más corta.', complaint),
    answer('ClaraAyuda', 'Hola, Yago, somos el equipo de ayuda. Tu alta estaba con el correo del trabajo. Las hemos unido: cierra sesión y entra otra vez, por favor.'),
    answer('yago_pixel', 'Era eso. Relación retomada, gracias 🙂'),
  ],
  [
    open('ainhoa_bar', '@CuentaClara si pongo el menú a doce euros con IVA incluido y una caña de regalo, ¿la caña lleva IVA aparte? Me lo discute mi socio.', question),
    answer('IvaYOtrasCosas', 'Va dentro del menú: un solo precio y el tipo de hostelería. Aunque la cobraras aparte, seguiría siendo servicio de bar.'),
    answer('ainhoa_bar', 'Pues gano yo. La caña de hoy la paga él 🍺'),
  ],
  [
    open('PabloRevisor', 'Hilo para quien cierra por primera vez y cree que lo difícil es cuadrar. No lo es. Lo difícil es saber por qué cuadra 🧵'),
    answer('PabloRevisor', 'Empieza por el banco, no por el programa. El extracto no tiene opinión; tu mayor, sí.'),
    answer('PabloRevisor', 'Luego, las periodificaciones: seguros, alquileres, licencias. Si pagaste doce meses en octubre, enero no es tuyo todavía.'),
    answer('PabloRevisor', 'Y al final, una hoja con lo que dejas sin resolver y quién lo sabe. Esa hoja vale más que el balance. Fin.'),
    quote('marta_fiscal', 'La última frase de este hilo debería estar enmarcada en todos los departamentos financieros.'),
  ],
  [
    open('nora_nominas', 'Ha entrado gente nueva y me preguntan qué mirar en su primera nómina. Va, sin tecnicismos 👇'),
    answer('nora_nominas', 'Arriba: que el grupo profesional sea el tuyo y la antigüedad también. Si eso está mal, lo demás está mal con elegancia.'),
    answer('nora_nominas', 'En medio, lo que ganas; abajo, lo que se va. La base de cotización no es tu sueldo: suele ser más, porque reparte las pagas.'),
    answer('nora_nominas', 'Y guardadlas todas. Un día pediréis una prestación, una hipoteca o una explicación.'),
    quote('profe_contable', 'Mañana lo leemos en clase, en voz alta y con una nómina delante. Gracias, Nora.', { to: 0 }),
  ],
  [
    open('prensa_balance', 'El crédito a microempresas se abarata, pero se concede menos: seis de cada diez solicitudes acaban en «vuelva con más papeles». https://balancediario.example.com/credito-micro', { picture: { kind: 'bars', tint: 'amber', values: [52, 48, 45, 41, 38], alt: 'Barras con las solicitudes de crédito concedidas en cinco trimestres, cada vez menos' } }),
    quote('numeros_rojos_f', '«Vuelva con más papeles» es el nombre de mi grupo de música.'),
    quote('raul_pyme', 'Confirmo. Llevé tantos papeles que el del banco me preguntó si me mudaba.', { to: 0 }),
    answer('asesoria_tilo', 'Lo vemos cada semana: no falla el negocio, falla la previsión de caja por escrito. Dos folios cambian la respuesta.', { to: 0 }),
  ],
  [
    open('LuciaAutonoma', 'Duda existencial: si este trimestre no he facturado nada, ¿presento el 303 igual o dejo que el silencio hable por mí?'),
    answer('sara_modelos', 'Se presenta igual, marcando que no hay actividad. El silencio, con Hacienda, suena a sanción 💛'),
    answer('LuciaAutonoma', 'Presentado en ceros. Me siento ridícula y legal. Gracias, Sara.'),
  ],
  [
    open('profe_contable', 'Votación de aula: ¿qué os costó más entender el primer año?', { poll: ['Debe y haber', 'Amortizar', 'Periodificar', 'Para qué sirve'] }),
    answer('opo_hacienda_f', 'Voto por periodificar. Todavía no sé si lo entendí en su ejercicio.'),
    answer('club_amortiza', 'Debe y haber. Pero solo los primeros veinte años.', { to: 0 }),
  ],
  [
    open('elena_libros', '@CuentaClara me inscribí en el taller del jueves y no he recibido ni el enlace ni el recordatorio. ¿Estoy dentro o en el limbo?', complaint),
    answer('CuentaClara', 'Estás dentro, Elena, y perdona el susto: el aviso salió con la dirección mal escrita. El enlace ya está en tu área. Empezamos a las 18:00.'),
    answer('elena_libros', 'Dentro, con café y cuaderno. Gracias por sacarme del limbo 📓'),
  ],
  [
    open('rosa_taxi', 'Compañeros del taxi: ¿alguien lleva las cuentas sin gestoría? Me han hablado de Cuenta Clara pero no sé por dónde empezar.', { kind: 'lead' }),
    answer('javi_reparto', 'Yo empecé por lo gratis, lo de la furgoneta, y cuando me perdí ya sabía qué preguntar. Al revés es más caro.'),
    answer('rosa_taxi', 'Pues a lo gratis voy. Gracias, jefe 🚕'),
  ],
  [
    open('CooperativaSur', '@CuentaClara en la reseña de libros de cooperativas nos ponéis en Granada. Somos de Jaén y hay aceite de por medio.', complaint),
    answer('CuentaClara', 'Corregido ahora mismo, con disculpas y con respeto al aceite. Gracias por avisar de tan buen humor.'),
    answer('CooperativaSur', 'Perdonados. Os llegará una botella, para que no se repita 🫒'),
  ],
  [
    open('gestoria_norte', 'Encuesta de mostrador: ¿cómo nos mandáis los tiques?', { poll: ['Foto al momento', 'Sobre a fin de mes', 'Caja de zapatos', '¿Qué tiques?'] }),
    answer('raul_pyme', 'La caja de zapatos era de mi abuelo. Pido que conste como patrimonio histórico.'),
  ],
  [
    open('sara_modelos', 'Corrijo: el resumen anual de retenciones a profesionales tiene que cuadrar con las cuatro trimestrales del 111. El 115 va con el 180. Gracias a quien me avisó.', { before: 'El resumen anual de retenciones a profesionales tiene que cuadrar con las cuatro trimestrales del 115.' }),
  ],
  [
    open('opo_hacienda_f', '@CuentaClara ¿el recargo por presentar tarde y la sanción pueden ir juntos? Mi compañera de mesa dice que sí y nos jugamos un menú.', question),
    answer('CuentaClara', `Si presentas tarde pero por tu cuenta, recargo sin sanción. Si te requieren antes, cambia el cuento. Aquí, con plazos: ${SITE}/articulos/recargo-o-sancion`),
    answer('opo_hacienda_f', 'Gano el menú. Pediré postre a vuestra salud 🍮'),
  ],
  [
    open('javi_reparto', '@CuentaClara el vídeo de facturar desde el móvil se corta justo cuando dice «y lo más importante».', complaint),
    answer('CuentaClara', 'Qué puntería, Javi. Arreglado: se había subido incompleto. Lo más importante era guardar el justificante, pero mejor míralo entero.'),
    answer('javi_reparto', 'Visto entero en la furgoneta. Y sí, era lo más importante. ¡Gracias!'),
  ],
  [
    open('nuria_cat', '@CuentaClara he pagat la quota anual i em surt com a mensual. Algú ho pot mirar abans que es torni a cobrar?', complaint),
    answer('CuentaClara', 'Hola, Núria. Ya figura como anual y no habrá más cargos hasta dentro de doce meses. Perdona, i gràcies per avisar.'),
    answer('nuria_cat', 'Comprovat, ja ho veig bé. Moltes gràcies per la rapidesa!'),
  ],
  [quote('nora_nominas', 'Esto, impreso, en la puerta del despacho. Gracias por escribirlo sin gritar.', { to: 'vacaciones', kind: 'praise' })],
  [quote('PabloRevisor', 'Lo único que se puede reprochar a esta guía es que ahora tendré que releer la mía.', { to: 'inventario', kind: 'praise' })],
  [quote('elena_libros', 'Sustituid café por libros y es mi tienda. Qué mareo y qué bien explicado.', { to: 'cien', kind: 'praise' })],
  [quote('rosa_taxi', 'Justo lo que preguntaba el otro día, y con noviembre y todo 👏', { to: 'amortizar', kind: 'praise' })],
];

/** The same in English. */
export const CONVERSATIONS_EN: readonly Act[] = [
  [
    open('expat_ellie', '@CuentaClara my client in Berlin wants an invoice without VAT and my gestor is on holiday. Do I need to be on some register first?', question),
    answer('CuentaClara', `Hi Ellie! Yes, both of you: check theirs in VIES and ask for yours with form 036. Until then, invoice with VAT. Step by step: ${SITE}/articulos/invoice-to-germany`, { lang: 'en' }),
    answer('expat_ellie', 'Applied for it over breakfast. You have saved me a very awkward email to Berlin, thank you!'),
  ],
  [
    open('marlow_cafe', '@CuentaClara downloaded the stock sheet twice and both times the totals row shows errors. Bought it for tonight\'s count, help?', complaint),
    answer('CuentaClara', 'Sorry about that! The sheet expected Spanish decimals. A corrected file is in your account and works with both. Good luck with the count.', { lang: 'en' }),
    answer('marlow_cafe', 'Totals are totalling. You\'re stars, the scones are on us.'),
  ],
  [
    open('vera_vat', 'A short thread on the most expensive sentence in cross-border trade: "our supplier handles the VAT" 🧵'),
    answer('vera_vat', 'Ask where the goods are when the sale happens. Not the office, not the invoice: the goods. Most surprises live there.'),
    answer('vera_vat', 'Then ask who arranges the transport. In a chain, that one answer decides which sale crosses the border.'),
    answer('vera_vat', 'Write both answers on the order before anybody ships. It costs a minute. The alternative costs an assessment, plus me.'),
    quote('newsdesk_vat', 'If you read one thread on supply chains today, make it this one. Then go and find out who books your lorries.', { to: 0 }),
  ],
  [
    open('TaxNotes_fic', 'Paper receipts are on their way out: nine in ten small firms keep pictures instead, and one in three can\'t find them. https://taxnotes.example.com/receipts', { picture: { kind: 'donut', tint: 'violet', values: [58, 32, 10], alt: 'Ring chart: most firms keep pictures of receipts, a third of those cannot find them, few keep paper' } }),
    quote('amelia_books', '"Can\'t find them" is doing a lot of kind work here.'),
    quote('audit_owl', 'A receipt you can\'t find is a rumour.', { to: 0 }),
    answer('marlow_cafe', 'Ours are in the cake tin. Fully searchable, slightly buttery.', { to: 0 }),
  ],
  [
    open('grant_cpa', 'Can someone explain, gently, why depreciation for tax and depreciation in the books aren\'t the same number?'),
    answer('quarterly_quinn', 'Books try to match the wear. Tax tries to nudge behaviour. Two stories about one machine, and deferred tax is the bookmark between them.'),
    answer('grant_cpa', '"The bookmark between them" just fixed chapter nine for me. Thank you!'),
  ],
  [
    open('invoice_iris', 'Late payers: do you charge interest, or just stare at the inbox? I have never dared.'),
    answer('amelia_books', 'You\'re allowed to. Put it in the terms, mention it once, charge it the second time. You\'d be amazed how rarely there\'s a third.'),
    answer('invoice_iris', 'Terms updated. Feeling ten feet tall and slightly rude. Thank you, Amelia.'),
  ],
  [
    open('vera_vat', '@CuentaClara the recording of the e-invoicing session stops right before the questions, which were the best bit. Is there a full version?', complaint),
    answer('CuentaClara', 'You\'re right, and thank you: the last part had not been uploaded. It\'s all there now, forty minutes of questions included.', { lang: 'en' }),
    answer('vera_vat', 'Watched. Question six was mine and I stand by it 😄'),
  ],
  [
    open('amelia_books', 'Settle an office argument: when do you open the post?', { poll: ['At once', 'On Fridays', 'At year-end', 'The dog does'] }),
    answer('pip_payroll', 'Depends who it\'s from. Brown envelopes get a biscuit first.'),
  ],
  [
    open('quarterly_quinn', '@CuentaClara I renewed and my saved articles are gone. Four years of folders! Please tell me there is a backup.', complaint),
    answer('ClaraAyuda', 'They\'re safe, Quinn: the renewal had opened a second account. We\'ve joined the two and your folders are back. Apologies for the fright.', { lang: 'en' }),
    answer('quarterly_quinn', 'All forty-one folders. I have never been so happy to see my own mess. Thank you!'),
  ],
  [
    open('ledger_lane', 'Client opening a shop in Málaga asked us for a Spanish payroll primer. Anyone got a good one in plain words?'),
    answer('expat_ellie', 'Cuenta Clara has one, free, with a drawing of an actual payslip. I followed it with my school Spanish.'),
    answer('ledger_lane', 'Found it, printed it, charged nothing for it. Thanks, Ellie.'),
  ],
  [
    open('grant_cpa', '@CuentaClara is the glossary free to print for study groups? We\'re nine people and one very tired printer.', question),
    answer('CuentaClara', 'Go ahead, for study it is. If the printer gives up, tell us how many copies and we\'ll post some.', { lang: 'en' }),
    answer('grant_cpa', 'You just became our favourite footnote. Thank you from all nine of us 📗'),
  ],
  [
    open('pip_payroll', 'Pension re-enrolment: the window opens three months before your anniversary & closes three months after. Edited; thank you to the four of you who wrote.', { before: 'Pension re-enrolment: the window opens three months before your anniversary & closes six months after.' }),
  ],
  [quote('vera_vat', 'Even my rusty Spanish follows this one. Bookmark it if you invoice abroad.', { to: 'germany', kind: 'praise' })],
  [quote('pip_payroll', 'The clearest payslip drawing I\'ve seen in any language. Yes, including ours.', { to: 'nomina', kind: 'praise' })],
];
