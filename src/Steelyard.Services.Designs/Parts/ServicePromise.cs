using Steelyard.Histories;

namespace Steelyard.Services.Designs.Parts;

/// <summary>What a service promises: says of a history whether it was kept.</summary>
/// <param name="name">The checker's name.</param>
/// <param name="sentence">The promise in one sentence, without a full stop.</param>
internal abstract class ServicePromise(string name, string sentence) : IChecker
{
    const int MostAnomalies = 10;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Sentence => sentence;

    /// <inheritdoc/>
    public abstract Verdict Check(History history);

    /// <summary>The first of what contradicts it; null where nothing does.</summary>
    protected Verdict? BrokenBy(IEnumerable<Anomaly> anomalies)
    {
        var first = anomalies.Take(MostAnomalies).ToList();
        return first.Count > 0 ? Verdict.Broken(name, first) : null;
    }

    /// <summary>It was kept.</summary>
    protected Verdict Holds(string summary) => Verdict.Holds(name, summary);

    /// <summary>Nobody can say.</summary>
    protected Verdict Undecided(string why) => Verdict.Undecided(name, why);
}
