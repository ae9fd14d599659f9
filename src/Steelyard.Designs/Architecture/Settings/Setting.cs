using Steelyard.Histories;
namespace Steelyard.Designs.Architecture.Settings;

/// <summary>Something that can be said of a part: how it is written, read, and what it means.</summary>
/// <typeparam name="T">What it is said of.</typeparam>
/// <param name="Key">Its word in files.</param>
/// <param name="Shape">What may stand there: <c>a duration</c>.</param>
/// <param name="Meaning">What it is, in a few words.</param>
internal sealed record Setting<T>(string Key, string Shape, string Meaning)
{
    /// <summary>Takes what is written there; throws a <see cref="UserMistakeException"/> that says what was
    /// expected and found.</summary>
    public required Func<T, string, T> Read { get; init; }

    /// <summary>What holds, as it would be written.</summary>
    public required Func<T, string> Show { get; init; }

    /// <summary>The words it may be; empty where it is no choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The same for something that is, or contains, a <typeparamref name="T"/>.</summary>
    public Setting<TOuter> Of<TOuter>(Func<TOuter, T> get, Func<TOuter, T, TOuter> with, string prefix =
        "") =>
        new(prefix + Key, Shape, Meaning)
        {
            Read = (outer, text) => with(outer, Read(get(outer), text)),
            Show = outer => Show(get(outer)),
            Choices = Choices,
        };
}
