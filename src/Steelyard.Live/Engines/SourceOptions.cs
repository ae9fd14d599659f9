using Steelyard.Histories;
using Steelyard.Live.Networks;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines;

/// <summary>Where an engine is found, as options of its command.</summary>
/// <param name="engine">The engine.</param>
internal sealed class SourceOptions(Engine engine)
{
    const string Folder = "engine-path";
    const string At = "at";
    const string Container = "container";
    const string Usual = "usual";
    const string Config = "config";

    /// <summary>The options that the engine takes.</summary>
    public IReadOnlyList<DesignOption> All { get; } =
    [
        .. engine.HasPrograms
            ?
            [
                new(
                    Folder, OptionShape.Text, "",
                    "A folder with programs of the engine, such as another version of it; where packages put"
                        + " them when not given"),
            ]
            : Array.Empty<DesignOption>(),
        .. engine.Image is { Image: var image }
            ?
            [
                new(
                    Container, OptionShape.Text, "",
                    $"Programs out of an image, by podman or docker: {Usual} ({image}), or one of your own")
                {
                    Bare = Usual,
                },
            ]
            : Array.Empty<DesignOption>(),
        .. engine.SetupsElsewhere.Count > 0
            ?
            [
                new(
                    At, OptionShape.Text, "",
                    "An engine that runs already, as host:port or user@host:port, the primary first, with"
                        + $" commas between several (a password in {EngineAddress.Password}): it is only"
                        + " asked, in tables or keys that are taken away at the end, and never stopped")
                {
                    Check = text => EngineAddress.ParseAll(text),
                },
            ]
            : Array.Empty<DesignOption>(),
    ];

    /// <summary>A set-up whose engine comes from where somebody said.</summary>
    /// <exception cref="UserMistakeException">It is not there.</exception>
    public EngineSetup Of(EngineSetup setup, DesignOptions given)
    {
        var places = All.Select(option => option.Name).Where(given.Given).ToList();
        if (places.Count > 1)
            throw new UserMistakeException(
                $"--{places[1]}: expected one place where the engine is, found --{places[0]} as well");
        if (places.Contains(At))
            return Elsewhere(setup, given);
        if (places.Contains(Container))
            return Contained(setup, given.Choice(Container));
        return engine.HasPrograms && given.Given(Folder)
            ? setup with { Source = In(Path.GetFullPath(given.Choice(Folder))) }
            : setup;
    }

    EngineSource In(string folder)
    {
        var source = new EngineSource { Folder = folder };
        if (!Directory.Exists(folder))
            throw new UserMistakeException($"--{Folder}: expected a folder, found none at {folder}");
        foreach (var program in engine.Programs)
            if (source.PathOf(program) is null && !program.IsOfMachine)
                throw new UserMistakeException(
                    $"--{Folder}: expected {program.ExpectedIn(folder)}, found none");
        return source;
    }

    EngineSetup Contained(EngineSetup setup, string image)
    {
        var (usual, user) = engine.Image!.Value;
        var container = new EngineContainer(
            EngineContainer.RuntimeHere ?? throw new UserMistakeException(
                $"--{Container}: expected podman or docker on this machine, found neither"),
            image == Usual ? usual : image) { User = user };
        if (!container.KnowsNamespaces && setup.Network == NetworkKind.Namespaces)
            throw new UserMistakeException(
                $"--{Container}: expected podman for --network namespaces, found docker alone, whose"
                + " containers are started by a server that knows nothing of them");
        return setup with
        {
            Network = container.KnowsNamespaces ? setup.Network : NetworkKind.Proxies,
            Source = new() { Container = container },
        };
    }

    // Of what is not ours nobody is stopped, and nobody can take another one's place.
    EngineSetup Elsewhere(EngineSetup asked, DesignOptions given)
    {
        var addresses = EngineAddress.ParseAll(given.Choice(At));
        if (!engine.AsksWithName && addresses.FirstOrDefault(one => one.User is not null) is { } named)
            throw new UserMistakeException(
                $"--{At}: expected host:port, since {engine.Name} is asked without a name here,"
                + $" found {named}");
        var setup = given.Given(Config) ? asked : engine.Setups.FirstOrDefault(
            one => engine.IsElsewhere(one) && one.Nodes == addresses.Count) ?? asked;
        if (!engine.IsElsewhere(setup) || setup.Nodes != addresses.Count)
            throw new UserMistakeException(
                $"--{At}: expected as many addresses as a set-up has ("
                + string.Join(
                    ", ", engine.Setups.Where(engine.IsElsewhere).Select(one => $"{one.Name}: {one.Nodes}"))
                + $"), found {addresses.Count}"
                + (given.Given(Config) ? $" with --{Config} {asked.Name}" : ""));
        return setup with
        {
            Chosen = asked.Chosen, Network = NetworkKind.Proxies, Spare = 0, Standbys = [], Returns = false,
            Source = new() { Addresses = addresses },
        };
    }
}
