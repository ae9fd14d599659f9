namespace Steelyard.Worlds.Consensus;

/// <summary>One place of the log. Shared by reference between servers: it never changes.</summary>
/// <param name="term">The term of the leader that added it.</param>
/// <param name="command">What was proposed, or null.</param>
/// <param name="configuration">The cluster from here on, or null. With neither it is the no-op with which a
/// new leader commits what it found (thesis section 6.4, step 1).</param>
internal sealed class RaftEntry(
    long term, LogCommand? command = null, ClusterConfiguration? configuration = null)
{
    public long Term { get; } = term;

    public LogCommand? Command { get; } = command;

    public ClusterConfiguration? Configuration { get; } = configuration;

    public int SizeBytes { get; } = 12 + (command?.SizeBytes ?? 0) + (configuration?.SizeBytes ?? 0);
}

/// <summary>The state after the entry at an index, that entry's term, and the cluster as of it (thesis
/// section 5.1).</summary>
/// <param name="Index">The last index it reflects; 0 is before everything.</param>
/// <param name="Term">The term of the entry there.</param>
/// <param name="Configuration">The latest configuration up to there.</param>
/// <param name="ConfigurationIndex">Where that stood in the log; 0 is the initial one.</param>
/// <param name="State">The machine's state; null is the initial one.</param>
internal sealed record RaftSnapshot(
    long Index, long Term, ClusterConfiguration Configuration, long ConfigurationIndex, MachineState? State)
{
    public int SizeBytes { get; } = 24 + Configuration.SizeBytes + (State?.SizeBytes ?? 0);

    public static RaftSnapshot Initial(ClusterConfiguration configuration) =>
        new(0, 0, configuration, 0, null);
}
