using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Live;

/// <summary>Engines by the names that somebody gives.</summary>
internal static class EngineChoice
{
    /// <summary>The engines among designs.</summary>
    public static IReadOnlyList<Engine> Of(IEnumerable<IDesign> designs) =>
        [.. designs.OfType<LiveDesign>().Select(design => design.Engine)];

    /// <summary>Those that are named; all where nobody names any.</summary>
    /// <param name="engines">Which there are.</param>
    /// <param name="names">The names; null is all.</param>
    /// <param name="asked">What asks for them, for complaints: <c>--only</c>.</param>
    /// <param name="expected">What they are, for complaints: <c>engines</c>.</param>
    /// <exception cref="UserMistakeException">There is none of a name.</exception>
    public static IReadOnlyList<Engine> Named(
        IReadOnlyList<Engine> engines, IReadOnlyList<string>? names, string asked, string expected)
    {
        var known = engines.Select(engine => engine.Name).ToList();
        return names is null ? engines :
        [
            .. names.Select(name => engines.FirstOrDefault(engine => engine.Name == name)
                ?? throw new UserMistakeException(
                    $"{asked}: expected {expected} ({string.Join(", ", known)}), found \"{name}\""
                    + Suggestion.For(name, known))),
        ];
    }
}
