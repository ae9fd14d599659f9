using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

public sealed class SourceOptionsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("steelyard-own-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_program_that_is_missing_in_a_folder_of_ones_own_is_named()
    {
        Write("postgres", "");

        var mistake = Assert.Throws<UserMistakeException>(() => Build("postgres"));

        Assert.Equal(
            $"--engine-path: expected initdb in {_folder} or in its bin, found none", mistake.Message);
    }

    [Fact]
    public void Programs_are_found_in_the_folder_and_in_its_bin()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Write("postgres", "");
        Write("bin/initdb", "");

        var source = ((LiveDeployment)Build("postgres").Deployment).Setup.Source;

        Assert.Equal(
            Path.Combine(_folder, "bin", "initdb"),
            source.PathOf(new("initdb", "postgresql-15", "/usr/bin")));
    }

    [EngineFact("redis")]
    public void The_version_of_ones_own_program_is_told_and_that_it_is_another_one()
    {
        Write(
            "redis-server",
            $"""
            #!/bin/sh
            [ "$1" = --version ] && exec echo "Redis server v=6.2.1 sha=0"
            exec {LiveEngines.Named("redis").Programs[0].Path} "$@"
            """);

        var (run, _) = LiveEngines.Run(
            "redis", FaultPlan.None, TimeSpan.FromSeconds(0.3), ("config", "single"),
            ("engine-path", _folder));

        Assert.Equal(
            "It was Redis 6.2.1, though this is written for 7.0: it may start or answer differently.",
            Assert.Single(run.Notes));
    }

    Scenario Build(string engine)
    {
        var design = LiveCatalogue.All.First(design => design.Name == $"live {engine}");
        return design.Build(new(design, new(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine-path"] = _folder,
        }));
    }

    void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead
                    | UnixFileMode.OtherExecute);
    }
}
