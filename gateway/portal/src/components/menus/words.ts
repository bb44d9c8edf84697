// What menus are made of, in the order in which it is shown.
import { Allergen, DishKind } from '@/gen/jinhuan/resource/v1/menu_pb';

export const dishKinds = [
  DishKind.MEAT,
  DishKind.VEGETABLE,
  DishKind.STAPLE,
  DishKind.SOUP,
  DishKind.DESSERT,
  DishKind.UNSPECIFIED,
] as const;

export const allergens = [
  Allergen.GLUTEN,
  Allergen.CRUSTACEAN,
  Allergen.FISH,
  Allergen.EGG,
  Allergen.PEANUT,
  Allergen.SOY,
  Allergen.MILK,
  Allergen.NUT,
] as const;
