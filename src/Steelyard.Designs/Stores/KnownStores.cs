using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Stores;

/// <summary>What is known of replicated registers and maps before anybody runs them.</summary>
internal static class KnownStores
{
    /// <summary>What is known of a variant.</summary>
    public static KnownGuarantee Of(DesignOptions options) =>
        options.Choice("reads") != "leader" ? OfReads(options.Choice("reads"))
        : options.Choice("replication") switch
        {
            RegisterStoreOptions.Single => new(
                "Linearizable, and gone while its one node is.", null,
                "a pause of minutes hurts nobody, and a backup is enough"),
            RegisterStoreOptions.Sync => new(
                "Linearizable; a write needs every backup that has not been given up, so one slow backup"
                + " makes all writes slow.", "Alsberg and Day 1976, section 3",
                "nothing acknowledged may be lost, and somebody decides who is the primary"),
            RegisterStoreOptions.Async => new(
                "What the primary acknowledged and had not sent is lost with it; a backup that takes over may"
                + " answer with older values.", "Gray, Helland, O'Neil and Shasha 1996, section 4",
                "a lost second of writes costs less than waiting for another site"),
            RegisterStoreOptions.Quorum => OfQuorum(options),
            _ => new(
                "Linearizable while a majority can talk; a side without one answers nobody.",
                "Ongaro and Ousterhout 2014, sections 5 and 8",
                "a wrong answer costs more than none, and most nodes can mostly talk"),
        };

    static KnownGuarantee OfReads(string reads) => reads switch
    {
        "session" => new(
            "Each session reads its own writes and never goes back; others may be ahead of it.",
            "Terry et al. 1994, section 3", "users mostly look at what they did themselves"),
        "monotonic" => new(
            "No session sees time go back; it may miss its own writes at another replica.",
            "Terry et al. 1994, section 3", "old is fine, and back and forth is not"),
        "bounded" => new(
            "No read is staler than the bound, as far as clocks run at one rate; beyond it reads are"
            + " refused.",
            "Terry et al. 2013, section 3", "a known age is as good as no age"),
        _ => new(
            "Replicas end equal; until then a read may miss anything.", "Vogels 2009",
            "any answer now is worth more than the right one later"),
    };

    // Two quorums that meet make a read see the last complete write; only a read that leaves what it found
    // makes the next one see it too.
    static KnownGuarantee OfQuorum(DesignOptions options)
    {
        var (n, r, w) = (options.Count("n"), options.Count("r"), options.Count("w"));
        if (options.Choice("resolve") != "lww")
            return new(
                "Siblings are kept and given to the reader: nothing is lost that nobody overwrote.",
                "DeCandia et al. 2007, section 4.4", "clients can merge");
        if (options.Flag("sloppy"))
            return new(
                "Always writable: nodes that stand in are not those a read asks, so r + w > n promises"
                + " nothing.", "DeCandia et al. 2007, section 4.6", "no write may ever be refused");
        if (options.Choice("tags") == "clock")
            return new(
                "Of two writes the one with the later clock stays, which need not be the later write.",
                "Kleppmann 2017, chapter 8", "one client writes each key");
        if (r + w <= n)
            return new(
                $"Eventual: r + w = {r + w} ≤ n = {n}, so a read need not meet the last write.",
                "Gifford 1979, section 2; Bailis et al. 2012, section 2",
                "latency counts, and a stale read is a matter of probability one can live with");
        if (2 * w <= n)
            return new(
                $"Reads meet writes, but two writes need not meet: 2w = {2 * w} ≤ n = {n}, so they may take"
                + " one place in the order.", "Gifford 1979, section 2", "one client writes each key");
        return options.Flag("write-back")
            ? new(
                "Linearizable: a read leaves what it found at a quorum before it answers.",
                "Attiya, Bar-Noy and Dolev 1995, section 3; Lynch and Shvartsman 1997",
                "one wants linearizable registers without a leader, and reads may take two rounds")
            : new(
                "Regular, not linearizable, although r + w > n: while a write is under way one read may see"
                + " it and a later one not.", "Lamport 1986, part II; Lynch and Shvartsman 1997",
                "readers do not compare notes while somebody writes");
    }
}
