using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Steelyard.Analyzers;
using Steelyard.Services.Determinism.Static;

namespace Steelyard.Services.Tests.Determinism.Static;

public sealed class EscapeAnalyzerTests
{
    // What the projects of this repository see without saying so.
    const string Usings =
        """
        global using System; global using System.Collections.Generic; global using System.IO;
        global using System.Linq; global using System.Net.Http; global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [Fact]
    public async Task The_source_and_the_assembly_are_told_the_same()
    {
        var inSource = (await Analyze(Source())).Select(warning =>
            (warning.Location.GetLineSpan().StartLinePosition.Line + 1, Call(warning)));
        var inAssembly = EscapeScan.Of(typeof(Runaways).Assembly.Location)
            .Where(escape => escape.File == "Runaways.cs")
            .Select(escape => (escape.Line, escape.Call));

        Assert.Equal(inAssembly.Order(), inSource.Order());
    }

    [Fact]
    public async Task A_warning_says_what_to_call_instead()
    {
        var warning = Assert.Single(await Analyze("class Shop { DateTime Now => DateTime.UtcNow; }"));

        Assert.Equal("STY1001", warning.Id);
        Assert.Equal(
            "DateTime.UtcNow leaves the services world (clock): expected the TimeProvider that the services"
                + " hold",
            warning.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_loop_in_hash_order_is_found_though_nobody_wrote_the_call()
    {
        const string Loop =
            """
            class Shop(System.Collections.Concurrent.ConcurrentDictionary<string, int> stock)
            {
                int Sum() { var sum = 0; foreach (var (_, left) in stock) sum += left; return sum; }
            }
            """;

        Assert.Equal("STY1007", Assert.Single(await Analyze(Loop)).Id);
    }

    static string Call(Diagnostic warning) =>
        warning.GetMessage(System.Globalization.CultureInfo.InvariantCulture)
            .Split(" leaves the services world")[0];

    static async Task<ImmutableArray<Diagnostic>> Analyze(string source)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(Usings, options), CSharpSyntaxTree.ParseText(source, options)],
            references, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new EscapeAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    static string Source()
    {
        using var source = typeof(Runaways).Assembly.GetManifestResourceStream("Runaways.cs")!;
        using var reader = new StreamReader(source);
        return reader.ReadToEnd();
    }
}
