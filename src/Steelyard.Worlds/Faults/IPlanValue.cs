using Steelyard.Histories;

namespace Steelyard.Worlds.Faults;

/// <summary>A value of a plan as it was written, in whatever form plans are written in. What it is not, it
/// says with its place.</summary>
public interface IPlanValue
{
    /// <summary>The elements of a list.</summary>
    IReadOnlyList<IPlanValue> Items { get; }

    /// <summary>A text.</summary>
    string Text { get; }

    /// <summary>A duration.</summary>
    TimeSpan Duration { get; }

    /// <summary>A duration of at least zero.</summary>
    TimeSpan DurationFromZero { get; }

    /// <summary>A share in [0, 1].</summary>
    double Share { get; }

    /// <summary>A number.</summary>
    double Real { get; }

    /// <summary>A whole number.</summary>
    int Integer { get; }

    /// <summary>True or false.</summary>
    bool Flag { get; }

    /// <summary>One of some words.</summary>
    string OneOf(IReadOnlyList<string> words);

    /// <summary>A complaint: what was expected here, and what was found.</summary>
    UserMistakeException Mistake(string expected, string found);
}
