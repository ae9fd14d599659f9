namespace Steelyard.Histories;

/// <summary>A promise that histories keep or break. Pure: the same history gives the same verdict on any
/// machine.</summary>
public interface IChecker
{
    /// <summary>The promise's name, as it stands in reports and in <c>--model</c>: <c>linearizable</c>,
    /// <c>total-conserved</c>.</summary>
    string Name { get; }

    /// <summary>Judges a history. Limits count steps or states, never seconds.</summary>
    Verdict Check(History history);
}
