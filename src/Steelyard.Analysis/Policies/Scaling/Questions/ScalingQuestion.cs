namespace Steelyard.Analysis.Policies.Scaling.Questions;

/// <summary>A part of an answer: a number, or a word.</summary>
/// <param name="Name">Its name in JSON: <c>replicas</c>.</param>
/// <param name="Number">The number; null where it is a word, or where there is none.</param>
/// <param name="Word">The word; null where it is a number.</param>
public sealed record ScalingFigure(string Name, double? Number, string? Word = null);

/// <summary>One decision of an autoscaler, asked for in words: what it was told, and what it
/// decides.</summary>
/// <param name="Name">The word for it: <c>hpa</c>.</param>
/// <param name="Summary">What is asked, in one line.</param>
/// <param name="Source">Where the answer is from.</param>
/// <param name="Parameters">What it is asked with; an empty usual value means that it must be told.</param>
public sealed record ScalingQuestion(
    string Name, string Summary, string Source, IReadOnlyList<ScalingParameter> Parameters)
{
    /// <summary>What to ask it with, to see it work.</summary>
    public string Example { get; init; } = "";

    internal Func<QuestionWords, IReadOnlyList<ScalingFigure>> Find { get; init; } = static _ => [];

    /// <summary>Asks it.</summary>
    /// <param name="given">What was told, by the names of its parameters.</param>
    /// <exception cref="Histories.UserMistakeException">Something that must be told is missing, or cannot
    /// be.</exception>
    public IReadOnlyList<ScalingFigure> Answer(IReadOnlyDictionary<string, string> given) =>
        Find(new(this, given));
}
