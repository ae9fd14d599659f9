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

    [Theory]
    [InlineData("zookeeper", "lib/zookeeper-3*.jar or zookeeper-3*.jar in ")]
    [InlineData("rabbitmq", "rabbitmq-server in ")]
    [InlineData("garnet", "GarnetServer.dll or net*/GarnetServer.dll or ")]
    public void A_folder_without_the_engine_is_refused(string engine, string expected)
    {
        Write("zookeeper-jute-3.8.0.jar", "");

        var mistake = Assert.Throws<UserMistakeException>(() => Build(engine));

        Assert.StartsWith($"--engine-path: expected {expected}", mistake.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zookeeper", "lib/zookeeper-3.9.1.jar")]
    [InlineData("zookeeper", "zookeeper-3.9.1.jar")]
    [InlineData("rabbitmq", "sbin/rabbitmq-server")]
    [InlineData("garnet", "GarnetServer.dll")]
    [InlineData("garnet", "net8.0/GarnetServer.dll")]
    [InlineData("garnet", "tools/net10.0/any/GarnetServer.dll", "tools/net8.0/any/GarnetServer.dll")]
    [InlineData("garnet", "GarnetServer")]
    public void An_engine_is_found_where_it_is_unpacked(string engine, string place, string? older = null)
    {
        foreach (var file in new[] { place, older }.OfType<string>())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            Write(file, "");
        }

        var setup = ((LiveDeployment)Build(engine).Deployment).Setup;

        var program = LiveEngines.Named(engine).Programs.Single(program => !program.IsOfMachine);
        Assert.Equal(Path.Combine(_folder, place), setup.Source.PathOf(program));
    }

    // As Apache's archive is unpacked.
    [EngineFact("zookeeper")]
    public void ZooKeeper_runs_out_of_a_folder_of_ones_own()
    {
        var jars = Directory.CreateDirectory(Path.Combine(_folder, "lib")).FullName;
        foreach (var jar in (string[])["zookeeper-3.8.0.jar", "slf4j-simple.jar"])
            File.CreateSymbolicLink(Path.Combine(jars, jar), Path.Combine("/usr/share/java", jar));

        Runs("zookeeper", "It was ZooKeeper 3.8.0.", ("config", "single"), ("workload", "register"));
    }

    [EngineFact("rabbitmq", IsLong = true)]
    public void RabbitMq_runs_out_of_a_folder_of_ones_own()
    {
        var installed = Directory.GetDirectories("/usr/lib/rabbitmq/lib", "rabbitmq_server-*").Single();
        foreach (var part in (string[])["sbin", "plugins", "escript"])
            Directory.CreateSymbolicLink(Path.Combine(_folder, part), Path.Combine(installed, part));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                _folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Runs("rabbitmq", "It was RabbitMQ 3.10.8.", ("config", "single"));
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

    void Runs(string engine, string told, params (string Name, string Value)[] options)
    {
        var (run, verdicts) = LiveEngines.Run(
            engine, FaultPlan.None, TimeSpan.FromSeconds(0.5), [.. options, ("engine-path", _folder)]);

        Assert.All(verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
        Assert.Equal(told, Assert.Single(run.Notes));
        Assert.True(run.Counters.Load.Answered > 5);
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
