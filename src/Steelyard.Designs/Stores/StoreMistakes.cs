using Steelyard.Designs.Raft;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Stores;

/// <summary>Options that do not fit together.</summary>
static class StoreMistakes
{
    static readonly string[] OfQuorum =
        ["n", "r", "w", "read-repair", "write-back", "sloppy", "resolve", "tags"];

    static readonly string[] OfRaft = ["bug", "lease"];

    /// <exception cref="UserMistakeException">They do not.</exception>
    public static void Check(DesignOptions options)
    {
        var replication = options.Choice("replication");
        OnlyWith(options, replication, RegisterStoreOptions.Quorum, OfQuorum);
        OnlyWith(options, replication, RegisterStoreOptions.Raft, OfRaft);
        if (replication == RegisterStoreOptions.Quorum)
            CheckQuorum(options);
        if (replication == RegisterStoreOptions.Single && options.Common.Nodes is > 1)
            throw new UserMistakeException(
                $"--replication single: expected --nodes 1, found {options.Common.Nodes}");
        var isMembership = options.Choice("story") == MembershipStory.Name;
        if (isMembership && replication != RegisterStoreOptions.Raft)
            throw new UserMistakeException(
                $"--story membership: expected --replication raft, found {replication}");
        if (isMembership && options.Common.Nodes is < 2)
            throw new UserMistakeException("--story membership: expected --nodes 2 or more, found 1");
        if (!isMembership && RegisterStoreOptions.IsOfMembership(RegisterStoreOptions.Bug(options)))
            throw new UserMistakeException(
                $"--bug {options.Choice("bug")}: expected --story membership,"
                + $" found {options.Choice("story")}");
        if (options.Given("staleness") && options.Choice("reads") != "bounded")
            throw new UserMistakeException(
                $"--staleness: expected --reads bounded, found {options.Choice("reads")}");
    }

    static void CheckQuorum(DesignOptions options)
    {
        var n = options.Count("n");
        foreach (var name in (ReadOnlySpan<string>)["r", "w"])
            if (options.Count(name) > n)
                throw new UserMistakeException(
                    $"--{name}: expected at most the {n} replicas of --n, found {options.Count(name)}");
        var reads = options.Choice("reads");
        if (reads == "bounded")
            throw new UserMistakeException(
                "--reads bounded needs a leader that dates what it sends;"
                + " with --replication quorum expected leader, any, session or monotonic");
        if (options.Choice("resolve") != "lww" && reads is "session" or "monotonic")
            throw new UserMistakeException(
                $"--reads {reads}: expected --resolve lww, found {options.Choice("resolve")}");
    }

    static void OnlyWith(DesignOptions options, string replication, string wanted, string[] names)
    {
        foreach (var name in names)
            if (options.Given(name) && replication != wanted)
                throw new UserMistakeException(
                    $"--{name}: expected --replication {wanted}, found {replication}");
    }
}
