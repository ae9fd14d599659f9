using Steelyard.Analysis.Workloads;
using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Asks for ids, by whatever an engine makes them of that are to be unique.</summary>
internal sealed class IdWorkload : IWorkload
{
    /// <summary>The function: one id.</summary>
    public const string Generate = "generate";

    /// <summary>It, held to no id being given out twice.</summary>
    /// <param name="how">What ids are made of, in words.</param>
    public static LiveWorkload Define(string how) => new(
        "unique-ids", $"asks for ids ({how}): none is given out twice", _ => new IdWorkload(),
        _ => [new UniqueIds()]);

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => new(Generate, Value.Nil, Value.Nil);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => [];
}
