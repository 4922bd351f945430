/** Of more choices with nothing typed Strapi's field takes each for one line high, and cuts off what a longer name has in its second. */
export const MOST_CHOICES = 100;
