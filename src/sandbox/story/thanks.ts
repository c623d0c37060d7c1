/** How people answer once one of our accounts has helped them, where their own conversation has no words for it. */
export const THANKS: Readonly<Record<string, Readonly<Record<'question' | 'complaint', readonly string[]>>>> = {
  es: {
    question: [
      'Clarísimo, gracias. Me lo apunto y se lo cuento a quien me lo preguntó a mí 🙌',
      'Justo lo que necesitaba saber. ¡Mil gracias por contestar tan pronto!',
      'Ah, pues era más sencillo de lo que me temía. Gracias de verdad.',
      'Perfecto. Con eso ya puedo seguir, muchas gracias.',
      'Gracias, ahora lo entiendo. Ojalá todo el mundo lo explicara así.',
      'Resuelto. Me habéis ahorrado una tarde de dar vueltas.',
      'Genial, gracias. Lo leo con calma esta noche y os digo si me atasco.',
      'Pues tiene todo el sentido. Gracias por la paciencia 😊',
      'Anotado y subrayado. Muchísimas gracias.',
      'Qué gusto preguntar y que responda una persona. Gracias.',
    ],
    complaint: [
      'Ya funciona. Gracias por arreglarlo tan rápido y por no marearme.',
      'Solucionado, menos mal. Gracias por estar pendientes 🙏',
      'Acabo de probarlo y todo bien. Retiro el enfado, gracias.',
      'Perfecto, ya lo veo. Se agradece la respuesta, de verdad.',
      'Uf, qué alivio. Gracias por mirarlo enseguida.',
      'Era eso. Gracias, y perdonad el tono de antes.',
      'Recibido y comprobado. Así da gusto, gracias.',
      'Todo en orden ya. Muchas gracias por dar la cara.',
      'Confirmado, arreglado. Me quedo con otra cara, gracias.',
      'Pues listo. Gracias por la rapidez, no me lo esperaba.',
    ],
  },
  en: {
    question: [
      'That clears it up completely, thank you!',
      'Exactly what I needed. Thanks for being so quick.',
      'Oh, that\'s simpler than I feared. Much appreciated.',
      'Perfect, I can carry on now. Thank you 🙌',
      'Makes sense at last. Thanks for your patience.',
      'Brilliant, saved. You\'ve spared me an evening of guessing.',
      'Thank you, I\'ll read it tonight with a cup of tea.',
      'Lovely to get an answer from an actual person. Thanks!',
    ],
    complaint: [
      'Working now. Thank you for sorting it so fast.',
      'All fixed, what a relief. Thanks for getting back to me 🙏',
      'Just tried it and it\'s fine. Consider me un-grumpy, thank you.',
      'I can see it now. Really appreciate the quick reply.',
      'Phew. Thanks for looking into it straight away.',
      'That was it. Thank you, and sorry for the tone earlier.',
      'Confirmed, sorted. That\'s how it should be done, thanks.',
      'Everything\'s back. Thank you for owning it.',
    ],
  },
  ca: {
    question: ['Ara ho entenc, moltes gràcies!', 'Perfecte, era just això. Gràcies per contestar tan aviat.'],
    complaint: ['Ja va bé, moltes gràcies per arreglar-ho.', 'Resolt. Gràcies per la paciència i per la rapidesa 🙏'],
  },
  pt: {
    question: ['Ficou claríssimo, muito obrigado!', 'Era mesmo isso que eu precisava de saber. Obrigado!'],
    complaint: ['Já está a funcionar, obrigado pela rapidez.', 'Resolvido. Obrigado por terem tratado disso logo 🙏'],
  },
};
