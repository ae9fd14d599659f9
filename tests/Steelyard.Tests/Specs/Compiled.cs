using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Steelyard.Tests.Specs;

/// <summary>Assemblies of users, compiled from a text.</summary>
static class Compiled
{
    const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Steelyard.Histories;
        using Steelyard.Worlds.Contracts;
        using Steelyard.Worlds.Faults;
        using Steelyard.Worlds.Load;

        """;

    /// <summary>Parts that any design may use: a node that answers, a client, a workload.</summary>
    public const string Parts = """

        public static class Parts
        {
            public static Scenario Scenario(string name, Func<INodeWorld, INode> create) => new()
            {
                Design = name,
                Summary = "a user's design",
                Load = new()
                {
                    CreateWorkload = () => new Work(), Clients = 2, Duration = TimeSpan.FromSeconds(2),
                },
                Cluster = Topology.Of(("here", 2)),
                Deployment = new SimulatedDeployment
                {
                    CreateNode = create, CreateClient = w => new Asker(w),
                },
                Promises = new() { Expectations = [new Answered()] },
            };
        }

        public sealed record Ask : Message;

        public sealed class Echo(INodeWorld world) : INode
        {
            public void Start() { }
            public void Receive(NodeId from, Message message) => world.Send(from, message);
        }

        public sealed class Asker(IClientWorld world) : IClient
        {
            public async ValueTask<Completion> Invoke(Invocation invocation) =>
                await world.Call(world.Home, new Ask(), TimeSpan.FromSeconds(1)) is null
                    ? Completion.Info("timeout") : Completion.Ok(Value.Nil);
        }

        public sealed class Work : IWorkload
        {
            public Invocation Next(in Turn turn) => new("ask", Value.Nil, Value.Nil);
            public IEnumerable<Invocation> FinalReads(Turn turn) => [];
        }

        public sealed class Answered : IChecker
        {
            public string Name => "answered";
            public Verdict Check(History history) => Verdict.Holds(Name, history.Count + " operations");
        }
        """;

    /// <summary>Compiles an assembly into a folder.</summary>
    public static string Into(
        TemporaryFolder folder, string name, string source, params IReadOnlyList<string> also)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + source, path: $"{name}.cs", encoding: Encoding.UTF8)],
            trusted.Concat(also).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var path = folder.File($"{name}.dll");
        using (var code = File.Create(path))
        using (var symbols = File.Create(Path.ChangeExtension(path, ".pdb")))
        {
            var options = new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb);
            var result = compilation.Emit(code, symbols, options: options);
            Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        }

        return path;
    }

    /// <summary>A design of a name whose scenario is built so.</summary>
    public static string Design(string type, string name, string build, string more = "") => $$"""
        public sealed class {{type}} : IDesign
        {
            {{more}}
            public string Name => "{{name}}";
            public string Summary => "a user's design";
            public string Story => "nothing happens";
            public IReadOnlyList<DesignOption> Options { get; } =
                [new("size", OptionShape.Count, "3", "how large it is")];
            public Scenario Build(DesignOptions options) => {{build}};
        }

        """;
}
