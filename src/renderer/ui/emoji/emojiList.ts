/** One line each: the sign, what it is called and found by in Spanish, and in English. The first words up to the comma are its name. */
const LINES = `
😀|cara sonriente, contento alegre|grinning face, happy smile
😄|cara muy contenta, alegre risa|smiling eyes, happy laugh
😁|sonrisa amplia, dientes|beaming smile, teeth
😅|risa con sudor, uf alivio|nervous laugh, sweat phew
😂|lágrimas de risa, carcajada|tears of joy, laugh lol
🤣|revolcarse de risa, carcajada|rolling laughing, rofl
🙂|sonrisa leve, amable|slight smile, kind
🙃|cara al revés, ironía|upside down, irony
😉|guiño, complicidad|wink
😊|sonrojo, amable gracias|blush, kind thanks
😇|ángel, inocente|halo, innocent angel
😍|ojos de corazón, encanta amor|heart eyes, love
🥰|cara con corazones, cariño|smiling hearts, affection
😘|beso, cariño|kiss
😋|qué rico, hambre|yummy, tasty
😜|lengua y guiño, broma|winking tongue, joke
🤗|abrazo, gracias|hug, thanks
🤔|pensar, duda pregunta|thinking, doubt question
🤨|ceja levantada, duda|raised eyebrow, doubt
😐|cara neutra, serio|neutral face, serious
😶|sin palabras, callado|speechless, silent
🙄|ojos en blanco, paciencia|rolling eyes
😏|media sonrisa, pícaro|smirk
😬|mueca, apuro|grimace, awkward
😌|alivio, calma|relieved, calm
😴|dormir, sueño|sleeping, tired
😷|mascarilla, enfermo|mask, sick
🤒|fiebre, enfermo|fever, sick
🤯|cabeza que explota, asombro|mind blown, amazed
😎|gafas de sol, genial|sunglasses, cool
🤓|empollón, gafas estudio|nerd, glasses study
🧐|monóculo, examinar revisar|monocle, inspect review
😕|confuso, duda|confused
😟|preocupado|worried
🙁|triste, pena|frown, sad
😮|sorpresa, asombro|surprise, wow
😳|ruborizado, vergüenza|flushed, embarrassed
🥺|súplica, por favor|pleading, please
😢|llorar, triste pena|crying, sad
😭|llorar mucho, triste|sobbing, sad
😱|grito, miedo susto|scream, fear
😤|resoplar, enfado|huffing, angry
😡|enfado, rojo furia|angry, red rage
🤬|palabrotas, furia|swearing, rage
🥳|fiesta, celebrar cumpleaños|party face, celebrate birthday
🫠|derretirse, calor agobio|melting, heat
🫡|saludo militar, a la orden|salute, yes
🤖|robot, automático|robot, automatic
💩|caca|poo
👻|fantasma|ghost
👋|saludo, hola adiós|wave, hello bye
👍|pulgar arriba, bien vale sí|thumbs up, good ok yes
👎|pulgar abajo, mal no|thumbs down, bad no
👌|perfecto, vale|perfect, ok
✌️|victoria, paz|victory, peace
🤞|dedos cruzados, suerte|crossed fingers, luck
🤙|llámame, teléfono|call me, phone
👏|aplauso, enhorabuena bravo|clap, congratulations bravo
🙌|manos arriba, celebrar bien|raised hands, celebrate
🙏|gracias, por favor rezar|thanks, please pray
🤝|apretón de manos, acuerdo trato|handshake, agreement deal
💪|fuerza, brazo ánimo|strength, muscle
✍️|escribir, firma|writing, signature
👉|señalar a la derecha, aquí mira|point right, here look
👈|señalar a la izquierda|point left
👆|señalar arriba, arriba|point up, above
👇|señalar abajo, abajo hilo|point down, below thread
☝️|dedo arriba, ojo uno|index up, one
✋|mano alzada, alto|raised hand, stop
👀|ojos, mirar atento|eyes, look
🧠|cerebro, pensar|brain, think
🗣️|hablar, voz|speaking, voice
👤|persona, perfil|person, profile
👥|personas, grupo equipo|people, group team
🧑‍💻|persona con ordenador, trabajo|technologist, computer work
🧑‍💼|oficina, trabajo|office worker, business
🧑‍🏫|profesor, clase curso|teacher, class course
🧑‍🔧|técnico, arreglar|mechanic, fix
🤷|encogerse de hombros, no sé|shrug, dunno
🤦|mano en la cara, error|facepalm, mistake
❤️|corazón, amor rojo|heart, love red
🧡|corazón naranja|orange heart
💛|corazón amarillo|yellow heart
💚|corazón verde|green heart
💙|corazón azul|blue heart
💜|corazón morado|purple heart
🖤|corazón negro|black heart
🤍|corazón blanco|white heart
💔|corazón roto, pena|broken heart, sad
💯|cien, perfecto|hundred, perfect
✨|destellos, nuevo brillo|sparkles, new
⭐|estrella, favorito|star, favourite
🌟|estrella brillante, destacado|glowing star, highlight
🔥|fuego, éxito caliente|fire, hot
💥|explosión, impacto|boom, impact
⚡|rayo, rápido energía|lightning, fast energy
💡|idea, bombilla consejo|idea, bulb tip
🎉|confeti, fiesta celebrar|party popper, celebrate
🎊|bola de confeti, fiesta|confetti ball, party
🎁|regalo, sorteo|gift, giveaway
🎂|tarta, cumpleaños|cake, birthday
🏆|trofeo, premio ganar|trophy, prize win
🥇|medalla de oro, primero|gold medal, first
🥈|medalla de plata, segundo|silver medal, second
🥉|medalla de bronce, tercero|bronze medal, third
🎯|diana, objetivo acierto|bullseye, target goal
🚀|cohete, lanzamiento rápido|rocket, launch fast
✅|hecho, correcto sí|check, done yes
☑️|casilla marcada, hecho|checkbox, done
✔️|visto, correcto|tick, correct
❌|cruz, no error|cross, no error
❎|cruz verde, no|green cross, no
⚠️|aviso, atención cuidado|warning, caution
🚨|alarma, urgente sirena|siren, urgent alert
🚫|prohibido, no|forbidden, no
⛔|paso prohibido, no|no entry
❗|exclamación, importante|exclamation, important
❓|pregunta, duda|question, doubt
❔|pregunta blanca, duda|white question
💬|bocadillo, mensaje comentario|speech bubble, message comment
🗨️|globo de diálogo, mensaje|dialogue, message
📣|megáfono, anuncio|megaphone, announcement
📢|altavoz, anuncio|loudspeaker, announcement
🔔|campana, aviso|bell, notice
🔕|campana tachada, silencio|muted bell, silence
📌|chincheta, fijado|pushpin, pinned
📍|lugar, ubicación|round pin, place location
📎|clip, adjunto|paperclip, attachment
🔗|enlace, cadena|link, chain
🔍|lupa, buscar|magnifier, search
🔒|candado, cerrado seguro|lock, closed secure
🔓|candado abierto|open lock
🔑|llave, clave|key, password
🛠️|herramientas, arreglar|tools, fix
⚙️|engranaje, ajustes|gear, settings
🔧|llave inglesa, arreglar|wrench, fix
🧩|pieza de puzle, encajar|puzzle piece
🧪|probeta, prueba|test tube, test
🧾|recibo, factura ticket|receipt, invoice
💰|bolsa de dinero, dinero|money bag, money
💶|euros, dinero billete|euro notes, money
💵|dólares, dinero billete|dollar notes, money
💳|tarjeta, pago|card, payment
🪙|moneda, dinero|coin, money
📈|gráfico que sube, crecer|chart up, growth
📉|gráfico que baja, caer|chart down, fall
📊|barras, gráfico datos informe|bar chart, data report
🧮|ábaco, cálculo cuentas|abacus, accounts calculation
📅|calendario, fecha|calendar, date
🗓️|calendario de espiral, fecha agenda|spiral calendar, date agenda
⏰|despertador, hora plazo|alarm clock, time deadline
⏳|reloj de arena, esperar plazo|hourglass, wait deadline
⌛|reloj de arena acabado, fin de plazo|hourglass done, time up
🕐|reloj, la una hora|clock, one o'clock time
⏱️|cronómetro, rápido|stopwatch, fast
📝|nota, apuntar escribir|memo, write note
📄|documento, página|document, page
📑|marcadores, documento|bookmark tabs, document
📚|libros, biblioteca estudio|books, library study
📖|libro abierto, leer guía|open book, read guide
📰|periódico, noticias|newspaper, news
🗞️|periódico enrollado, noticias|rolled newspaper, news
🔖|marcapáginas, guardar|bookmark, save
🏷️|etiqueta, precio oferta|label, price offer
📦|paquete, envío|package, shipping
📬|buzón con correo, recibido|mailbox, received
📧|correo electrónico, email|email, mail
✉️|sobre, carta correo|envelope, letter mail
📥|bandeja de entrada, descargar|inbox, download
📤|bandeja de salida, enviar|outbox, send
📞|teléfono, llamar|telephone, call
📱|móvil, teléfono|mobile, phone
💻|portátil, ordenador|laptop, computer
🖥️|ordenador, pantalla|desktop, screen
🖨️|impresora, imprimir|printer, print
📷|cámara, foto|camera, photo
🎥|cámara de cine, vídeo|film camera, video
🎬|claqueta, vídeo acción|clapper, video action
🎙️|micrófono, pódcast directo|studio microphone, podcast live
🎧|auriculares, escuchar soporte|headphones, listen support
🎵|nota musical, música|music note, song
🧵|hilo|thread
🔴|círculo rojo, directo|red circle, live
🟠|círculo naranja|orange circle
🟡|círculo amarillo|yellow circle
🟢|círculo verde, disponible|green circle, available
🔵|círculo azul|blue circle
⚫|círculo negro|black circle
⚪|círculo blanco|white circle
🔺|triángulo rojo, sube|red triangle, up
🔻|triángulo hacia abajo, baja|red triangle down, down
▶️|reproducir, empezar|play, start
⏸️|pausa|pause
🔄|flechas en círculo, actualizar repetir|refresh arrows, repeat update
➡️|flecha derecha, siguiente|right arrow, next
⬅️|flecha izquierda, anterior|left arrow, previous
⬆️|flecha arriba, subir|up arrow
⬇️|flecha abajo, bajar|down arrow
➕|más, sumar|plus, add
➖|menos, restar|minus, subtract
1️⃣|uno, primero número|one, first number
2️⃣|dos, segundo número|two, second number
3️⃣|tres, tercero número|three, third number
4️⃣|cuatro, número|four, number
5️⃣|cinco, número|five, number
🆕|nuevo|new
🆓|gratis|free
🆗|vale, de acuerdo|ok
☀️|sol, buenos días buen tiempo|sun, good morning weather
🌤️|sol y nube, tiempo|sun and cloud, weather
🌧️|lluvia, tiempo|rain, weather
❄️|nieve, frío invierno|snow, cold winter
🌈|arcoíris, diversidad|rainbow, pride
🌍|mundo, tierra|world, earth
🌱|brote, crecer ecológico|seedling, grow green
🌳|árbol, naturaleza|tree, nature
🍀|trébol, suerte|clover, luck
🌹|rosa, flor|rose, flower
💐|ramo de flores, felicidades|bouquet, flowers
🎄|árbol de Navidad, Navidad|Christmas tree, Christmas
☕|café, descanso mañana|coffee, break morning
🍻|cervezas, brindis|beers, cheers
🥂|copas, brindis celebrar|glasses, cheers celebrate
🍕|pizza, comida|pizza, food
🍅|tomate, comida|tomato, food
🏠|casa, hogar|house, home
🏢|edificio de oficinas, empresa|office building, company
🏦|banco, dinero|bank, money
🏛️|edificio clásico, institución ley|classical building, institution law
⚖️|balanza, ley justicia|scales, law justice
🛒|carro de la compra, tienda|shopping cart, shop
🚗|coche, viaje|car, travel
🚆|tren, viaje|train, travel
✈️|avión, viaje|plane, travel
🏖️|playa, vacaciones|beach, holidays
⚽|fútbol, balón deporte|football, ball sport
🐱|gato|cat
🐶|perro|dog
🦉|búho, noche sabio|owl, night wise
🐢|tortuga, lento|turtle, slow
`;

export interface Emoji { sign: string; /** What it is called, and all it is found by. */ es: { name: string; words: string }; en: { name: string; words: string } }
const said = (words: string): Emoji['es'] => ({ name: words.split(',')[0] ?? words, words });
export const EMOJI: readonly Emoji[] = LINES.trim().split('\n').map((line) => {
  const [sign = '', es = '', en = ''] = line.split('|');
  return { sign, es: said(es), en: said(en) };
});
