/** What is said in place of all else while the first language has not come: the texts of the same names are not there yet. */
export const BEFORE = {
  en: {
    title: 'The service can not be reached',
    text: 'What is shown here could not be loaded. It is tried again by itself, and at once when the network is back.',
    tryAgain: 'Try again',
  },
  fr: {
    title: 'Le service est injoignable',
    text: 'Ce qui s’affiche ici n’a pas pu être chargé. Un nouvel essai a lieu de lui-même, aussitôt que le réseau est de retour.',
    tryAgain: 'Réessayer',
  },
  ar: {
    title: 'تعذّر الاتصال بالخدمة',
    text: 'تعذّر تحميل ما يُعرض هنا. تُعاد المحاولة تلقائيًا فور عودة الشبكة.',
    tryAgain: 'إعادة المحاولة',
  },
  es: {
    title: 'No se puede conectar con el servicio',
    text: 'No se ha podido cargar lo que se muestra aquí. Se vuelve a intentar por sí solo, en cuanto vuelve la red.',
    tryAgain: 'Reintentar',
  },
} as const;
