package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Folds pages into lanes. A page that an event spoils is halved until that event stands alone; it then parks its organization in
 * that lane, and all others go on.
 */
final class Folding {
    private static final Logger LOG = Logger.getLogger(Folding.class);
    private static final Function<SqlConnection, Uni<Void>> NOTHING_MORE =
            connection -> Uni.createFrom().voidItem();

    private final PageTransaction transaction;
    private final ParkedRows parkedRows;
    private final RunnerMetrics metrics;
    private final RunnerSettings settings;

    Folding(PageTransaction transaction, ParkedRows parkedRows, RunnerMetrics metrics, RunnerSettings settings) {
        this.transaction = transaction;
        this.parkedRows = parkedRows;
        this.metrics = metrics;
        this.settings = settings;
    }

    /** The slots of a page that concern a lane and may be folded. */
    List<DecodedPage.Slot> concerning(Lane lane, DecodedPage page) {
        var concerned =
                page.only(slot -> lane.follows().types().contains(slot.stored().type()));
        if (lane.parked().isEmpty()) {
            return concerned;
        }
        var free = new ArrayList<DecodedPage.Slot>(concerned.size());
        concerned.stream().filter(slot -> !isParked(lane, slot)).forEach(free::add);
        metrics.passedOver(lane, concerned.size() - free.size());
        return free;
    }

    /** Moves lanes that a page does not concern. */
    void pass(Lease lease, List<Lane> lanes, long from, long to) {
        transaction.pass(lease, lanes, from, to);
        lanes.forEach(lane -> lane.moved(to));
    }

    /**
     * Moves a lane over a page that concerns it.
     *
     * @throws StaleLease when somebody else leads
     * @throws RuntimeException when no event is at fault: to be tried again
     */
    void fold(Lease lease, Lane lane, List<DecodedPage.Slot> slots, long to) throws InterruptedException {
        try {
            transaction.run(lease, lane, events(slots), to, NOTHING_MORE);
            lane.moved(to);
            metrics.folded(lane, slots.size());
        } catch (RuntimeException e) {
            if (!Faults.ofData(e)) {
                throw e;
            }
            metrics.failed(lane, true);
            if (slots.size() == 1) {
                park(lease, lane, slots.getFirst(), to, e);
                return;
            }
            var middle = slots.size() / 2;
            fold(lease, lane, slots.subList(0, middle), slots.get(middle - 1).offset());
            foldRest(lease, lane, slots.subList(middle, slots.size()), to);
        }
    }

    private void foldRest(Lease lease, Lane lane, List<DecodedPage.Slot> slots, long to) throws InterruptedException {
        // The first half may have parked an organization of the second.
        var free = slots.stream().filter(slot -> !isParked(lane, slot)).toList();
        fold(lease, lane, free, to);
    }

    private void park(Lease lease, Lane lane, DecodedPage.Slot slot, long to, RuntimeException fault)
            throws InterruptedException {
        if (lane.parked().size() >= settings.maxParked()) {
            throw new IllegalStateException(
                    lane + " has parked " + settings.maxParked() + " organizations; it is not they who are at fault",
                    fault);
        }
        var organization = slot.stored().organization();
        var row = new ParkedRow(UUID.randomUUID().toString(), organization, slot.offset(), slot.offset(), null);
        transaction.run(
                lease,
                lane,
                List.of(),
                to,
                connection -> parkedRows.park(connection, lease.partition(), lane, row, Faults.describe(fault)));
        lane.parked().put(organization, row);
        lane.moved(to);
        metrics.parked(lane);
        LOG.warnf(
                Faults.cause(fault),
                "%s parks an organization from %d/%d on",
                lane,
                slot.stored().partition(),
                slot.offset());
    }

    /**
     * Folds events of an organization that stood still, in the transaction that says how far it has come.
     *
     * @param to up to which the log was looked at for it, at most the lane's position
     */
    void replay(Lease lease, Lane lane, ParkedRow row, List<DecodedPage.Slot> slots, long to)
            throws InterruptedException {
        var caughtUp = to >= lane.upTo();
        var organization = row.organization();
        try {
            transaction.run(
                    lease,
                    lane,
                    events(slots),
                    lane.upTo(),
                    connection -> caughtUp
                            ? parkedRows.unpark(connection, lease.partition(), lane, organization)
                            : parkedRows.resumed(connection, lease.partition(), lane, organization, to + 1));
        } catch (RuntimeException e) {
            if (!Faults.ofData(e)) {
                throw e;
            }
            metrics.failed(lane, true);
            replayHalves(lease, lane, row, slots, to, e);
            return;
        }
        if (caughtUp) {
            lane.parked().remove(organization);
            metrics.unparked(lane);
        } else {
            lane.parked().put(organization, row.resumedAt(to + 1));
        }
    }

    private void replayHalves(
            Lease lease, Lane lane, ParkedRow row, List<DecodedPage.Slot> slots, long to, RuntimeException fault)
            throws InterruptedException {
        var middle = slots.size() / 2;
        if (middle == 0) {
            parkAgain(lease, lane, row, slots.getFirst().offset(), fault);
            return;
        }
        replay(lease, lane, row, slots.subList(0, middle), slots.get(middle - 1).offset());
        var resumed = lane.parked().get(row.organization());
        if (resumed != null && resumed.isWanted()) {
            replay(lease, lane, resumed, slots.subList(middle, slots.size()), to);
        }
    }

    private void parkAgain(Lease lease, Lane lane, ParkedRow row, long offset, RuntimeException fault)
            throws InterruptedException {
        var again = row.parkedAgainAt(offset);
        transaction.run(
                lease,
                lane,
                List.of(),
                lane.upTo(),
                connection -> parkedRows.parkAgain(
                        connection, lease.partition(), lane, again, row.wanted(), Faults.describe(fault)));
        lane.parked().put(row.organization(), again);
        metrics.parked(lane);
    }

    private static boolean isParked(Lane lane, DecodedPage.Slot slot) {
        return lane.parked().containsKey(slot.stored().organization());
    }

    /** @throws dev.centime.eventstore.log.EventTypes.EventUnreadable when one of them is */
    private static List<Event> events(List<DecodedPage.Slot> slots) {
        var events = new ArrayList<Event>(slots.size());
        for (var slot : slots) {
            events.add(slot.read());
        }
        return events;
    }
}
