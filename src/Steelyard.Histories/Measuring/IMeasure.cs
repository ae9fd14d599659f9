namespace Steelyard.Histories.Measuring;

/// <summary>Measures something of a design's own. Pure: the same history gives the same numbers, on any
/// machine.</summary>
public interface IMeasure
{
    /// <summary>What a history says; nothing where it cannot tell. Ids are the design's own, in kebab case,
    /// and none of those that every run has.</summary>
    IEnumerable<Measurement> Of(History history);
}
