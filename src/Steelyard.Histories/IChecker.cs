namespace Steelyard.Histories;

/// <summary>A promise that histories keep or break. Pure: the same history gives the same verdict on any
/// machine.</summary>
public interface IChecker
{
    /// <summary>The promise's name, as it stands in reports and in <c>--model</c>: <c>linearizable</c>,
    /// <c>total-conserved</c>.</summary>
    string Name { get; }

    /// <summary>The same for people who never met the name: one plain sentence, without its full stop, such
    /// as <c>No money appears or disappears</c>. By default the name in words.</summary>
    string Sentence => char.ToUpperInvariant(Name[0]) + Name[1..].Replace('-', ' ');

    /// <summary>Judges a history. Limits count steps or states, never seconds.</summary>
    Verdict Check(History history);
}
