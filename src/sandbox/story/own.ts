import type { Picture } from './script.ts';

export interface OwnPost {
  /** Named by the acts that quote it. */
  id?: string;
  tier: 'free' | 'premium' | 'status';
  text: string;
  picture?: Picture;
}
const SITE = 'https://cuentaclara.example.com';
const free = (text: string, path: string, more: Partial<OwnPost> = {}): OwnPost => ({ tier: 'free', text: `${text} ${SITE}/${path}`, ...more });
const premium = (text: string, path: string, more: Partial<OwnPost> = {}): OwnPost => ({ tier: 'premium', text: `${text} ${SITE}/premium/${path}`, ...more });
const status = (text: string): OwnPost => ({ tier: 'status', text });

/** What the brand said before anybody practises, oldest first: 10 free, 4 premium and 1 status of every 15. */
export const OWN: readonly OwnPost[] = [
  free('Devolver una venta sin enredarse: qué se rectifica, cuándo y con qué número. El ejemplo lo pone una mercería 🧵', 'articulos/devoluciones-y-vales'),
  free('El criterio de caja no es para todos. Tres preguntas para saber si es para ti, y una para saber si ya es tarde.', 'articulos/criterio-de-caja'),
  premium('Para suscriptores: el cierre del ejercicio en nueve tardes, con la lista que usamos nosotros y los asientos de cada una.', 'cierre-en-nueve-tardes'),
  free('Reseña: un manual de costes de 1987 que explica mejor el margen que media biblioteca. Lo hemos leído para ti.', 'resenas/manual-de-costes'),
  free('Coche y autónomo: qué presume la ley, qué tienes que probar tú y por qué un cuaderno gana a una frase 🚗', 'articulos/coche-y-autonomo'),
  free('Qué mira un banco cuando pides una póliza. Spoiler: no empieza por los beneficios.', 'articulos/lo-que-mira-el-banco'),
  premium('Plantilla de previsión de tesorería a trece semanas. Con instrucciones de persona a persona y sin macros misteriosas.', 'prevision-trece-semanas', { picture: { kind: 'line', tint: 'amber', values: [42, 38, 30, 33, 26, 21, 24, 31, 36, 34, 41, 46, 52], alt: 'Línea de la caja prevista para trece semanas: baja hasta la sexta y se recupera' } }),
  status('Abrimos ahora el consultorio en directo: hoy, retenciones y facturas con prisa. Preguntad por aquí y os leemos 🎙️'),
  free('Recargo o sanción: quién llega tarde por su cuenta y a quién van a buscar. Con una línea de tiempo que se entiende.', 'articulos/recargo-o-sancion', { id: 'recargo' }),
  free('Una nómina dibujada entera. Qué suma, qué resta y qué se queda por el camino.', 'articulos/nomina-dibujada', { id: 'nomina', picture: { kind: 'document', tint: 'teal', values: [90, 60, 74, 48, 82, 55], label: 'NOMINA', alt: 'Dibujo de una nómina con sus partes señaladas: devengos arriba, deducciones abajo' } }),
  premium('Operaciones vinculadas sin dramatismo: cuándo hay que documentar y cuánto papel es suficiente papel.', 'operaciones-vinculadas'),
  free('Dietas y kilómetros: los límites, los justificantes y el error del ticket sin fecha.', 'articulos/dietas-y-kilometros'),
  free('Facturar a Alemania sin IVA: el registro, la comprobación y la frase que va al pie. También en inglés.', 'articulos/invoice-to-germany', { id: 'germany' }),
  premium('Doce cláusulas que conviene releer antes de firmar un renting, comentadas por quien se arrepintió de dos.', 'clausulas-renting'),
  free('El inventario no es una foto: es una conversación con el almacén. Guía breve para no mentirse.', 'articulos/inventario-sin-mentiras', { id: 'inventario' }),
  // Second fifteen.
  free('Vacaciones, permisos y la cuenta que nadie hace en junio: cómo se provisiona lo que aún no se ha disfrutado.', 'articulos/provisionar-vacaciones', { id: 'vacaciones' }),
  premium('Suscriptores: cuadro de retenciones por tipo de renta, en una hoja, listo para colgar junto a la impresora.', 'cuadro-de-retenciones', { picture: { kind: 'document', tint: 'violet', values: [70, 70, 70, 70, 70, 70], label: 'TABLA', alt: 'Hoja con una tabla de tipos de retención ordenada por clase de renta' } }),
  free('Noticia: el registro de facturas gana un trimestre de margen para los más pequeños. Qué hacer con ese tiempo y qué no.', 'noticias/registro-de-facturas'),
  free('¿Exento o no sujeto? No es una discusión de bar. Cambia lo que deduces, y te lo enseñamos con números.', 'articulos/exento-o-no-sujeto'),
  premium('Curso breve: leer un balance ajeno en veinte minutos. Con seis empresas inventadas y un susto real.', 'leer-un-balance'),
  free('Propinas con tarjeta: de quién son, por dónde pasan y cómo evitar la bronca en la barra.', 'articulos/propinas-con-tarjeta'),
  status('Hoy grabamos en la redacción. Si llamáis y suena una claqueta, no colguéis, que es Clara con entusiasmo 🎬'),
  free('Reseña de tres programas de facturación, usados un mes cada uno con la misma tienda de prueba. Gana el que menos pregunta.', 'resenas/tres-programas'),
  premium('Modelo de carta para reclamar una factura vencida, en tres tonos: amable, firme y con intereses.', 'carta-de-reclamacion'),
  free('Amortizar no es castigar a la máquina. Tablas, meses y el caso de lo que se compra en noviembre.', 'articulos/amortizar-por-meses', { id: 'amortizar' }),
  free('Aplazar un impuesto: cuánto cuesta de verdad, qué piden y cuándo es mejor no pedirlo.', 'articulos/aplazar-o-no'),
  premium('Guía de la primera contratación: altas, costes y calendario de los tres primeros meses. Descargable y editable.', 'primera-contratacion'),
  free('Periodificar en una tarde: seguros, alquileres y licencias, cada euro en su mes 🗓️', 'articulos/periodificar', { picture: { kind: 'calendar', tint: 'teal', values: [5, 12, 20, 28], label: 'OCT', alt: 'Hoja de calendario de octubre con cuatro días señalados' } }),
  free('La factura simplificada sirve más de lo que se dice y menos de lo que se cree. Los casos, uno por uno.', 'articulos/factura-simplificada'),
  free('Noticia: publicada la nota sobre justificantes en papel. Leemos sus cuatro anexos para que tú leas solo este párrafo.', 'noticias/justificantes-en-papel'),
  // Third: its premium comes early, so that whoever begins to practise has room for some.
  premium('Informe: qué márgenes declaran las tiendas de barrio, por ramo. Con la metodología al principio y no al final.', 'margenes-de-barrio', { picture: { kind: 'bars', tint: 'teal', values: [22, 31, 18, 40, 27, 35, 48], alt: 'Barras con el margen declarado por siete ramos de comercio; el último, el más alto' } }),
  free('Cómo se lee un extracto antes de que lo lea tu auditor. Cinco líneas que siempre preguntan.', 'articulos/leer-el-extracto'),
  free('Derechos de autor y facturas de ilustración: dos rentas, dos casillas y ningún drama ✏️', 'articulos/derechos-de-autor'),
  premium('Consulta resuelta a fondo: socio que trabaja en su sociedad. Nómina, factura o las dos, con sus consecuencias.', 'socio-trabajador'),
  free('Subvenciones que se cobran después de gastar: cómo no quedarse seco entre la concesión y la transferencia.', 'articulos/cobrar-despues'),
  free('El recibo de autónomos por tramos, explicado con tres vecinas de escalera que ganan distinto.', 'articulos/cuota-por-tramos'),
  premium('Plantilla de reparto de gastos comunes entre dos negocios que comparten local, con fórmulas a la vista.', 'gastos-comunes'),
  free('Reseña: la hoja de gastos más fea que hemos probado, y por qué no la vamos a cambiar.', 'resenas/hoja-de-gastos'),
  premium('Simulador de cuota y retenciones para profesionales, con la versión imprimible que pedíais en septiembre.', 'simulador-de-cuota'),
  status('Esta tarde cerramos la centralita a las 17:00 por inventario de sillas. El correo y este perfil siguen abiertos.'),
  free('Inversión del sujeto pasivo con un dibujo de dos libros y una flecha. Si la entiendes hoy, no se olvida.', 'articulos/sujeto-pasivo'),
  free('Quién guarda qué y durante cuánto tiempo. Tabla de conservación de papeles para despachos con poco armario.', 'articulos/cuanto-guardar'),
  free('Prorrata: por qué una sola clase exenta te cambia el año entero, y cómo verlo venir.', 'articulos/prorrata-con-ejemplos'),
  free('Adónde va cada cien euros que entran en una cafetería pequeña. Los porcentajes no son nuestros: nos dejaron mirar.', 'articulos/cien-euros', { id: 'cien', picture: { kind: 'donut', tint: 'amber', values: [34, 28, 15, 13, 10], alt: 'Gráfico de anillo con los gastos de una cafetería: personal y compras ocupan más de la mitad' } }),
  free('Cinco palabras de contabilidad que en la calle significan otra cosa. «Provisión» no era para el invierno.', 'articulos/cinco-palabras'),
  // A fourth that has begun.
  free('¿Factura o recibo? Cuándo basta un papel con tres datos y cuándo te van a pedir todos los demás.', 'articulos/factura-o-recibo'),
  free('Cuadrar el banco en veinte minutos: el orden importa más que el programa. Con cronómetro y todo ⏱️', 'articulos/cuadrar-el-banco', { picture: { kind: 'bars', tint: 'violet', values: [60, 44, 35, 28, 22, 20], alt: 'Barras con los minutos que cuesta cuadrar el banco: bajan semana a semana hasta veinte' } }),
  free('Reseña: un ensayo sobre el trueque que acaba hablando de tu hoja de gastos. Corto, raro y recomendable.', 'resenas/ensayo-sobre-el-trueque'),
  free('Qué guardar de una venta por internet a un particular de otro país, antes de que te lo pidan.', 'articulos/venta-a-otro-pais'),
  free('Noticia: más tiempo para presentar por vía telemática en las zonas afectadas por el corte. La lista, municipio a municipio.', 'noticias/mas-tiempo-para-presentar'),
];
