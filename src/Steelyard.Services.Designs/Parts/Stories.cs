using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Parts;

/// <summary>Plans of faults that tell a design's story.</summary>
internal static class Stories
{
    /// <summary>One host after the other crashes, round and round.</summary>
    public static FaultPlan CrashesInTurn(
        IReadOnlyList<string> hosts, TimeSpan every, TimeSpan length, TimeSpan duration)
    {
        var faults = new List<Fault>();
        for (var at = every; at + length < duration; at += every)
            faults.Add(new CrashFault { At = at, For = length, Nodes = [hosts[faults.Count % hosts.Count]] });
        return new(faults);
    }

    /// <summary>Those faults that begin while operations arrive: a short run has less of a story.</summary>
    public static FaultPlan Until(TimeSpan duration, params IEnumerable<Fault> faults) =>
        new([.. faults.Where(fault => fault.At < duration)]);
}
