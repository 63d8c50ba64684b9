package dev.centime.contracts.price;

import dev.centime.contracts.Model;
import dev.centime.contracts.Price;
import dev.centime.contracts.PriceSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every price ever set, by whom it holds for, provider, model and moment. One thread writes, any number read; a reader that takes
 * {@link #offset()} before it looks a price up knows at least what was known at that offset.
 */
public final class PriceBook {
    private static final String CATALOGUE = "";
    private static final Comparator<PriceVersion> BY_START = Comparator.comparing(PriceVersion::start);

    /** Where the versions of one price are found; both names in lower case. */
    private record Entry(String organization, String provider, String model) {
        boolean covers(String tenant, String seller, List<String> names) {
            return (organization.equals(tenant) || organization.equals(CATALOGUE))
                    && (provider.equals(seller) || provider.equals(Price.ANY))
                    && (model.equals(Price.ANY) || names.stream().anyMatch(this::isNamed));
        }

        /** A region stands before the name, with a slash. */
        private boolean isNamed(String name) {
            return model.equals(name) || model.endsWith("/" + name);
        }
    }

    /** A name of a provider or a model, in lower case: what one tenant's contracts name tells nothing about another's calls. */
    private record Known(String organization, String name) {}

    private final Map<Entry, List<PriceVersion>> versions = new ConcurrentHashMap<>();
    private final Map<Known, List<String>> sellers = new ConcurrentHashMap<>();
    private final Set<Known> providers = ConcurrentHashMap.newKeySet();
    private final Set<String> contracts = ConcurrentHashMap.newKeySet();

    /** What discounts have made of prices since the last one was set. */
    private final Map<String, PriceVersion> discounted = new ConcurrentHashMap<>();

    private volatile long offset;
    private volatile long lastChange;

    /** The offset of the platform's partition up to which prices are known. */
    public long offset() {
        return offset;
    }

    /** Everything up to an offset was seen, prices or not. */
    public void reached(long offset) {
        this.offset = offset;
    }

    /** Whether a price was set after an offset. */
    public boolean changedSince(long offset) {
        return lastChange > offset;
    }

    public void add(PriceSet set, Instant setAt, long offset) {
        var version = PriceVersion.of(set, setAt, offset);
        var price = set.price();
        var organization = set.organization() == null ? CATALOGUE : set.organization();
        var provider = ModelNames.provider(price.provider());
        if (set.organization() != null) {
            contracts.add(organization);
        }
        var names = Stream.concat(Stream.of(price.modelName()), price.aliases().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct();
        names.forEach(name -> {
            versions.merge(new Entry(organization, provider, name), List.of(version), PriceBook::joined);
            if (!name.equals(Price.ANY)) {
                sellers.merge(new Known(organization, name), List.of(provider), PriceBook::distinct);
            }
        });
        if (!provider.equals(Price.ANY)) {
            providers.add(new Known(organization, provider));
        }
        discounted.clear();
        lastChange = offset;
    }

    private static List<PriceVersion> joined(List<PriceVersion> known, List<PriceVersion> added) {
        var version = added.getFirst();
        var all = new ArrayList<PriceVersion>(known.size() + 1);
        for (var old : known) {
            all.add(old.start().equals(version.start()) ? old.asSuperseded() : old);
        }
        all.add(version);
        all.sort(BY_START);
        return List.copyOf(all);
    }

    private static List<String> distinct(List<String> known, List<String> added) {
        return known.containsAll(added)
                ? known
                : Stream.concat(known.stream(), added.stream()).toList();
    }

    /**
     * The price in force for a call at a moment: the organization's contract before the catalogue, null when neither knows the
     * model. Of contracts, the one that names the model goes before a discount on the provider, and that before one on everything.
     */
    public @Nullable PriceVersion inForce(String organization, Model model, Instant at) {
        return inForce(organization, model, at, Instant.MAX);
    }

    /** As {@link #inForce(String, Model, Instant)} would have answered at a moment: prices set after it are passed over. */
    public @Nullable PriceVersion inForce(String organization, Model model, Instant at, Instant knownAt) {
        if (model.provider() == null) {
            return null;
        }
        var names = ModelNames.candidates(model.name(), model.region());
        var agreed =
                contracts.contains(organization) ? agreed(organization, model.provider(), names, at, knownAt) : null;
        if (agreed != null && agreed.price().discountPercent() == null) {
            return agreed;
        }
        var listed = first(CATALOGUE, model.provider(), names, at, knownAt);
        return agreed == null || listed == null
                ? listed
                : discounted.computeIfAbsent(Discount.id(listed, agreed), _ -> Discount.of(listed, agreed));
    }

    private @Nullable PriceVersion agreed(
            String organization, String provider, List<String> names, Instant at, Instant knownAt) {
        var byName = agreedByName(organization, provider, names, at, knownAt);
        if (byName != null) {
            return byName;
        }
        var byProvider = first(organization, provider, List.of(Price.ANY), at, knownAt);
        return byProvider != null ? byProvider : first(organization, Price.ANY, List.of(Price.ANY), at, knownAt);
    }

    /**
     * By the first name that something was agreed of. A contract need not repeat the catalogue's aliases: what one of them means is
     * agreed as the model is.
     */
    private @Nullable PriceVersion agreedByName(
            String organization, String provider, List<String> names, Instant at, Instant knownAt) {
        var isListed = false;
        for (var name : names) {
            var found = begun(new Entry(organization, provider, name), at, knownAt);
            if (found == null && !isListed) {
                // Only the first name that the catalogue knows is this call's: a less specific one may be another
                // model's alias.
                var listed =
                        latest(versions.getOrDefault(new Entry(CATALOGUE, provider, name), List.of()), at, knownAt);
                isListed = listed != null;
                found = listed == null ? null : begun(modelOf(organization, provider, listed), at, knownAt);
            }
            if (found != null) {
                return found.price().active() ? found : null;
            }
        }
        return null;
    }

    private static Entry modelOf(String organization, String provider, PriceVersion version) {
        return new Entry(organization, provider, version.price().modelName().toLowerCase(Locale.ROOT));
    }

    /**
     * By the first name that anything is known of at that moment. Where that price was withdrawn there is none: a less specific name
     * may be another model.
     */
    private @Nullable PriceVersion first(
            String organization, String provider, List<String> names, Instant at, Instant knownAt) {
        for (var name : names) {
            var found = begun(new Entry(organization, provider, name), at, knownAt);
            if (found != null) {
                return found.price().active() ? found : null;
            }
        }
        return null;
    }

    /** What a name meant at a moment, withdrawn or not; an alias means whatever its model costs by then. */
    private @Nullable PriceVersion begun(Entry name, Instant at, Instant knownAt) {
        var latest = latest(versions.getOrDefault(name, List.of()), at, knownAt);
        if (latest == null || latest.isNamed(name.model())) {
            return latest;
        }
        var model = latest.price().modelName().toLowerCase(Locale.ROOT);
        var own = versions.getOrDefault(new Entry(name.organization(), name.provider(), model), List.of()).stream()
                .filter(version -> version.isNamed(model))
                .toList();
        return latest(own, at, knownAt);
    }

    /** The last that began by then, of one start the last set. */
    private static @Nullable PriceVersion latest(List<PriceVersion> versions, Instant at, Instant knownAt) {
        PriceVersion latest = null;
        for (var version : versions) {
            if (!version.start().isAfter(at) && !version.setAt().isAfter(knownAt)) {
                latest = version;
            }
        }
        return latest;
    }

    /**
     * Whether any of some prices may be that of calls of a model, whatever their region and moment.
     *
     * @param priceIds of versions that this book knows
     */
    public boolean concerns(String organization, String provider, String model, Set<String> priceIds) {
        var names = ModelNames.candidates(model, null);
        // A name may be an alias: then later prices of its model, which need not repeat it, are that name's as well.
        var meant = covering(organization, provider, names)
                .map(version -> version.price().modelName().toLowerCase(Locale.ROOT));
        var all = Stream.concat(names.stream(), meant).distinct().toList();
        return covering(organization, provider, all).anyMatch(version -> priceIds.contains(version.priceId()));
    }

    private Stream<PriceVersion> covering(String organization, String provider, List<String> names) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getKey().covers(organization, provider, names))
                .flatMap(entry -> entry.getValue().stream());
    }

    /** Every version of one price, by start, without those of other owners; empty when it was never set. */
    public List<PriceVersion> history(@Nullable String organization, String provider, String model) {
        var owner = organization == null ? CATALOGUE : organization;
        var key = new Entry(owner, ModelNames.provider(provider), model.toLowerCase(Locale.ROOT));
        return versions.getOrDefault(key, List.of());
    }

    /**
     * A model as the catalogue names it: provider aliases resolved, a provider's prefix taken off the name, the provider found
     * by the name where it was not said. The provider is null when nothing tells.
     *
     * @param organization whose contracts may name models, too; nobody else's do
     */
    public Model named(
            String organization,
            @Nullable String provider,
            String model,
            @Nullable String serviceTier,
            @Nullable String region) {
        var slash = model.indexOf('/');
        var prefix = slash <= 0 ? null : ModelNames.provider(model.substring(0, slash));
        var known = prefix != null && slash + 1 < model.length() && isProvider(organization, prefix);
        if (provider != null) {
            var canonical = ModelNames.provider(provider);
            var name = known && canonical.equals(prefix) ? model.substring(slash + 1) : model;
            return new Model(canonical, name, serviceTier, region);
        }
        return known
                ? new Model(prefix, model.substring(slash + 1), serviceTier, region)
                : new Model(sellerOf(organization, model), model, serviceTier, region);
    }

    private boolean isProvider(String organization, String name) {
        return providers.contains(new Known(CATALOGUE, name)) || providers.contains(new Known(organization, name));
    }

    /** The catalogue goes first: a contract makes none of its names ambiguous. */
    private @Nullable String sellerOf(String organization, String model) {
        var names = ModelNames.candidates(model, null);
        return Stream.of(CATALOGUE, organization)
                .flatMap(owner -> names.stream().map(name -> sellers.get(new Known(owner, name))))
                .filter(Objects::nonNull)
                .findFirst()
                .map(ModelNames::seller)
                .orElse(null);
    }

    /**
     * All versions of all prices that an organization sees, its contracts and the catalogue's, by provider, model and start.
     *
     * @param organization null for the catalogue alone
     */
    public List<PriceVersion> all(@Nullable String organization) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getKey().organization().equals(CATALOGUE)
                        || entry.getKey().organization().equals(organization))
                // An alias leads to the same price: it is shown once, by its own name.
                .flatMap(entry -> entry.getValue().stream()
                        .filter(version -> version.isNamed(entry.getKey().model())))
                .sorted(Comparator.comparing(
                                (PriceVersion version) -> version.price().provider())
                        .thenComparing(version -> version.price().modelName())
                        .thenComparing(version -> version.organization() == null ? "" : version.organization())
                        .thenComparing(PriceVersion::start)
                        .thenComparing(PriceVersion::offset))
                .toList();
    }
}
