// Places held for the reader from the waiting line, as to-dos: accepted with one click.
import { useTranslation } from 'react-i18next';
import { AcceptOffer } from './AcceptOffer';
import { BookingTodo } from './BookingTodo';
import { useOffers } from './useOffers';

export function OfferTodos() {
  const { t } = useTranslation();
  const { offers } = useOffers();
  return offers.map((booking) => (
    <BookingTodo
      key={booking.name}
      booking={booking}
      kind={t('booking.offer')}
      to="/mine"
      testId="todo-offer"
    >
      <AcceptOffer booking={booking} />
    </BookingTodo>
  ));
}
