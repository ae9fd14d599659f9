using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Designs.Raft;
using Steelyard.Designs.Register;
using Steelyard.Designs.Stores;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Systems.Pacelc;

/// <summary>
/// The registers of <see cref="RegisterDesign"/> while nothing is wrong: what consistency costs is latency
/// then (Abadi 2012, "Consistency tradeoffs in modern distributed database system design").
/// </summary>
internal sealed class PacelcDesign : IDesign
{
    static readonly RegisterDesign s_register = new();

    /// <inheritdoc/>
    public string Name => "pacelc";

    /// <inheritdoc/>
    public string Summary =>
        "registers in two data centres while nothing is wrong: what consistency costs is latency";

    /// <inheritdoc/>
    public string Story =>
        "CAP speaks of a cut; PACELC adds that else, with nothing wrong, one chooses between latency and"
        + " consistency (Abadi 2012). Two data centres are 15 ms and more apart, and nothing fails. With"
        + " raft, reads of the latest value take 76.5 ms at p95 and are never stale; of any replica they"
        + " take 0.95 ms, and 4.2 % are stale, by 42 ms at p99. Asynchronous backups: 69.4 ms, or 0.94 ms"
        + " and 2.1 % stale. Quorums of 2 and 2 read in 57.2 ms and write in 110 ms, never stale; of 1 and"
        + " 1 in 7.5 ms and 21.3 ms, 2.3 % stale, once by 4.6 s. A primary that waits for all of its"
        + " backups writes in 303 ms at p95, 118 ms at the median; one that does not, in 78.5 ms and 14.6"
        + " ms, and without a fault it is as linearizable: what it risks does not show here, but in"
        + " register. Reads of one, writes of all (--r 1 --w 3) read in 19.3 ms and write in 102 ms; the"
        + " other way round in 94.3 and 105 ms.";

    /// <inheritdoc/>
    public IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--reads any", "reads are faster, and some are stale"),
        new("--replication primary-backup-sync", "each write waits for all backups"),
        new("--replication quorum --r 1 --w 1", "quorums that need not meet"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options => s_register.Options;

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        if (options.Choice("story") == MembershipStory.Name)
            throw new UserMistakeException(
                "--story: expected none in pacelc, in which nothing happens, found membership");
        var scenario = s_register.Build(Unhurried(options));
        return scenario with
        {
            Design = Name,
            StoryFaults = FaultPlan.None,
            Promises = scenario.Promises with
            {
                Expectations = Known(options, scenario.Promises.Expectations),
            },
        };
    }

    // So many clients that they seldom wait for a request of their own: what is measured is the mechanism.
    static DesignOptions Unhurried(DesignOptions options) => new(
        s_register,
        options.Common with
        {
            Clients = options.Common.Clients ?? 24,
            Duration = options.Common.Duration ?? TimeSpan.FromMinutes(1),
        },
        options.Values.Where(pair => options.Given(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value));

    // What is known of a mechanism, where nothing fails: a quorum that meets every other one reads what was
    // written before it, or a write that is under way, now and then in turns (a regular register, Lamport
    // 1986); the turns go where a read stores what it returns. Quorums that need not meet promise nothing but
    // to agree in the end.
    static IReadOnlyList<IChecker> Known(DesignOptions options, IReadOnlyList<IChecker> ofReads)
    {
        if (options.Choice("replication") != RegisterStoreOptions.Quorum
            || options.Choice("reads") != "leader" || options.Choice("resolve") != "lww")
            return ofReads;
        if (options.Choice("tags") == "clock"
            || options.Count("r") + options.Count("w") <= options.Count("n"))
            return [new ReplicasConverge()];
        return options.Flag("write-back")
            ? [new Linearizable(KnownModels.CasRegister()), new ReplicasConverge()]
            : [new BoundedStaleness(TimeSpan.Zero), new ReplicasConverge()];
    }
}
