using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines;

/// <summary>Where an engine is found, as options of its command.</summary>
/// <param name="engine">The engine.</param>
internal sealed class SourceOptions(Engine engine)
{
    const string Path = "engine-path";

    /// <summary>The options that the engine takes.</summary>
    public IReadOnlyList<DesignOption> All { get; } = engine.HasPrograms
        ?
        [
            new(
                Path, OptionShape.Text, "",
                "A folder with programs of the engine, such as another version of it; where packages put them"
                    + " when not given"),
        ]
        : [];

    /// <summary>A set-up whose engine comes from where somebody said.</summary>
    /// <exception cref="UserMistakeException">It is not there.</exception>
    public EngineSetup Of(EngineSetup setup, DesignOptions given) => setup with { Source = SourceIn(given) };

    EngineSource SourceIn(DesignOptions given)
    {
        if (!engine.HasPrograms || !given.Given(Path))
            return EngineSource.Packages;
        var source = new EngineSource { Folder = System.IO.Path.GetFullPath(given.Choice(Path)) };
        if (!Directory.Exists(source.Folder))
            throw new UserMistakeException($"--{Path}: expected a folder, found none at {source.Folder}");
        foreach (var program in engine.Programs)
            if (source.PathOf(program) is null && !program.IsOfMachine)
                throw new UserMistakeException(
                    $"--{Path}: expected {program.Name} in {source.Folder} or in its bin, found none");
        return source;
    }
}
