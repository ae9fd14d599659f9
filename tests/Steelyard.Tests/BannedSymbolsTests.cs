using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Steelyard.Tests;

/// <summary>What the floors that take nothing from the machine must not call: the analyzer with our lists, on
/// calls planted for it.</summary>
public sealed class BannedSymbolsTests
{
    const string Everywhere = "BannedSymbols.txt";
    const string Outside = "BannedSymbols.Outside.txt";

    static readonly Lazy<DiagnosticAnalyzer> s_analyzer = new(LoadAnalyzer);

    [Theory]
    [InlineData("new System.Threading.CancellationTokenSource(System.TimeSpan.Zero)")]
    [InlineData("new System.Threading.CancellationTokenSource(5)")]
    [InlineData("Do(() => new System.Threading.CancellationTokenSource().CancelAfter(5))")]
    [InlineData("new System.Threading.PeriodicTimer(System.TimeSpan.Zero)")]
    [InlineData("System.Threading.Tasks.Task.Delay(5, default(System.Threading.CancellationToken))")]
    [InlineData("System.Threading.Tasks.Task.CompletedTask.WaitAsync(System.TimeSpan.Zero)")]
    [InlineData("System.DateTime.UtcNow")]
    [InlineData("System.IO.File.Exists(\"a\")", Outside)]
    [InlineData("System.IO.Directory.GetFiles(\"a\")", Outside)]
    [InlineData("new System.IO.FileStream(\"a\", System.IO.FileMode.Open)", Outside)]
    [InlineData("new System.IO.StreamWriter(\"a\")", Outside)]
    [InlineData("Do(() => System.Console.WriteLine())", Outside)]
    [InlineData("System.Diagnostics.Process.Start(\"a\")", Outside)]
    [InlineData("new System.Net.Sockets.TcpClient()", Outside)]
    [InlineData("new System.Net.Http.HttpClient()", Outside)]
    public async Task A_planted_call_is_told(string call, string list = Everywhere) =>
        Assert.Equal(["RS0030"], (await Told(call, list)).Distinct());

    [Theory]
    [InlineData("new System.Threading.CancellationTokenSource()")]
    [InlineData("new System.Threading.CancellationTokenSource(System.TimeSpan.Zero, _time)")]
    [InlineData("System.Threading.Tasks.Task.Delay(System.TimeSpan.Zero, _time)")]
    [InlineData("System.IO.Path.Combine(\"a\", \"b\")")]
    [InlineData("new System.IO.MemoryStream()")]
    public async Task What_takes_its_time_from_the_world_is_not(string call) =>
        Assert.Empty((await Told(call, Everywhere)).Concat(await Told(call, Outside)));

    [Fact]
    public void Every_line_names_something_that_exists()
    {
        var compilation = Compile("1");
        Offenders.None(new[] { Everywhere, Outside }
            .SelectMany(list => File.ReadLines(Path.Combine(Repository.Root, list)))
            .Select(line => line.Split(';')[0])
            .Where(id => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, compilation) is null));
    }

    static async Task<IEnumerable<string>> Told(string call, string list)
    {
        var options = new AnalyzerOptions([new Listed(Path.Combine(Repository.Root, list))]);
        var found = await Compile(call).WithAnalyzers([s_analyzer.Value], options)
            .GetAnalyzerDiagnosticsAsync();
        return found.Select(told => told.Id);
    }

    static CSharpCompilation Compile(string call)
    {
        var taken = call.StartsWith("Do(", StringComparison.Ordinal) ? "" : "_ = ";
        var code = "class Planted { System.TimeProvider _time = null; void Do(System.Action act) { } "
            + $"void Call() {{ {taken}{call}; }} }}";
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "planted", [CSharpSyntaxTree.ParseText(code)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(
            compilation.GetDiagnostics(), told => told.Severity == DiagnosticSeverity.Error);
        return compilation;
    }

    static DiagnosticAnalyzer LoadAnalyzer()
    {
        var package = typeof(BannedSymbolsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "BannedApiAnalyzers").Value!;
        var folder = Path.Combine(package, "analyzers", "dotnet", "cs");
        Assembly.LoadFrom(Path.Combine(folder, "Microsoft.CodeAnalysis.BannedApiAnalyzers.dll"));
        var analyzers = Assembly.LoadFrom(
            Path.Combine(folder, "Microsoft.CodeAnalysis.CSharp.BannedApiAnalyzers.dll"));
        return (DiagnosticAnalyzer)Activator.CreateInstance(analyzers.GetTypes().Single(
            type => type.Name == "CSharpSymbolIsBannedAnalyzer"))!;
    }

    sealed class Listed(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(File.ReadAllText(path));
    }
}
