using Steelyard.Histories;
using Steelyard.Simulation;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>Says who waits for whom when operations stay open to the end. In a closed world (no work, no
/// message, no timer) that is a deadlock, and a promise that every service makes is broken.</summary>
internal sealed class Deadlocks(SimulatedRun run)
{
    // Kind of the event in the history of a world that still moves, but answers nobody.
    const string Unanswered = "unanswered";
    const int MostChains = 3;
    const int LongestChain = 16;

    readonly List<Verdict> _found = [];

    /// <summary>What was found: at most one verdict, an Invalid.</summary>
    public IReadOnlyList<Verdict> Found => _found;

    /// <summary>The world gives up on operations.</summary>
    public void Look(LeftOpen left)
    {
        var many = left.Operations.Count == 1
            ? "an operation waits"
            : $"{left.Operations.Count} operations wait";
        var chains = string.Join(" | ", left.Processes.Take(MostChains).Select(Chain));
        var others = left.Processes.Count > MostChains
            ? $" | and {left.Processes.Count - MostChains} more"
            : "";
        if (!left.IsClosed)
            run.Note(Unanswered, $"{many} to the end: {chains}{others}");
        else if (_found.Count == 0)
            _found.Add(Verdict.Broken("closed-world", new Anomaly(
                "deadlock", $"nothing moves any more while {many}: {chains}{others}", left.Operations)));
    }

    static string Chain(int process)
    {
        var client = $"client {process}";
        var asked = CallContext.Open.Where(context =>
            context.Whom is not null && context.Who == client).ToList();
        if (asked.Count == 0)
            return $"{client} waits for nothing that it has asked for";
        var links = new List<string>();
        foreach (var context in asked)
            Follow(context, links);
        return string.Join("; ", links);
    }

    static void Follow(CallContext asked, List<string> links)
    {
        var link = $"{asked.Who} waits for {asked.Whom}: {asked.What}";
        if (!asked.IsHttp || links.Count >= LongestChain)
        {
            links.Add(link);
            return;
        }

        if (ServedFor(asked) is not { } served)
        {
            links.Add($"{link}, which is not at work there (any more)");
            return;
        }

        links.Add(link);
        var next = CallContext.Open
            .Where(context => context.Whom is not null && context.For == served).ToList();
        if (next.Count == 0)
            links.Add($"{served.Who} waits for something of its own{Where(served)}");
        foreach (var context in next)
            Follow(context, links);
    }

    // The same words where there are several requests between the two; a name may be written otherwise.
    static CallContext? ServedFor(CallContext asked) => CallContext.Open
        .Where(context => context.Whom is null && context.Peer == asked.Life.Self
            && string.Equals(context.Who, asked.Whom, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(context => context.What == asked.What)
        .FirstOrDefault();

    static string Where(CallContext served) => HandlerCode.Place(served) is { } place ? $" ({place})" : "";
}
