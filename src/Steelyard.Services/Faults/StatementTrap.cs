using Steelyard.Services.Databases;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Faults;

/// <summary>Waits for a statement of one of some hosts.</summary>
/// <param name="Nodes">The hosts.</param>
/// <param name="Statement">What it holds.</param>
/// <param name="When">The moment of it.</param>
/// <param name="Spring">What is done to the host then.</param>
internal sealed record StatementTrap(
    IReadOnlyList<string> Nodes, string Statement, StatementMoment When, Action<string> Spring)
{
    // The traps of the one run of the process.
    static readonly List<StatementTrap> s_set = [];

    /// <summary>A run begins: none is set.</summary>
    public static void Reset() => s_set.Clear();

    /// <summary>Sets one.</summary>
    public static void Set(StatementTrap trap) => s_set.Add(trap);

    /// <summary>Takes one away; it may have sprung.</summary>
    public static void Remove(StatementTrap trap) => s_set.Remove(trap);

    /// <summary>A host comes by with a statement; where that springs a trap, it comes no further.</summary>
    public static ValueTask Pass(NetworkStack host, DatabaseRequest request, StatementMoment when)
    {
        var sprung = s_set.Find(trap => trap.When == when && trap.Nodes.Contains(host.Name)
            && Told(request).Contains(trap.Statement, StringComparison.OrdinalIgnoreCase));
        if (sprung is null || host.World.IsOver)
            return ValueTask.CompletedTask;
        s_set.Remove(sprung);
        host.World.SetTimer(TimeSpan.Zero, () => sprung.Spring(host.Name));
        return new(new TaskCompletionSource().Task);
    }

    static string Told(DatabaseRequest request) => request.Kind == DatabaseRequestKind.Execute
        ? request.Sql
        : $"{request.Kind}";
}
