using System.Reflection;
using System.Runtime.CompilerServices;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>A user's assembly, and the designs found in it: public types that implement
/// <see cref="IDesign"/>, public static methods that make a <see cref="Scenario"/> from nothing, and
/// scenarios of services.</summary>
internal sealed class UserAssembly
{
    readonly string _path;
    readonly Assembly _assembly;

    UserAssembly(string path, Assembly assembly) => (_path, _assembly) = (path, assembly);

    /// <summary>Its designs, by name; found when first asked for.</summary>
    /// <exception cref="UserMistakeException">There is none, or one cannot be made.</exception>
    public IReadOnlyList<IDesign> Designs => field ??= Loading(_path, () => Find(_path, _assembly));

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="UserMistakeException">Something keeps it from that: one line says what.</exception>
    public static UserAssembly Load(string path)
    {
        MustBeAnAssembly(path);
        return Loading(path, () =>
        {
            var assembly = UserLoadContext.Load(Path.GetFullPath(path));
            MustFitThisVersion(path, assembly);
            return new UserAssembly(path, assembly);
        });
    }

    /// <summary>The scenario of services that a type of this full name is, without a look at all others; null
    /// is none.</summary>
    public IDesign? ServicesScenario(string name) => Loading(_path, () =>
        _assembly.GetType(name) is { } type && ServicesScenarios.IsOne(type)
            ? ServicesScenarios.Of(type)
            : null);

    /// <summary>Its scenarios of services, by name; none where it has none.</summary>
    public IReadOnlyList<IDesign> Scenarios => field ??= Loading(_path, IReadOnlyList<IDesign> () =>
    [
        .. _assembly.GetTypes().Where(ServicesScenarios.IsOne)
            .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(ServicesScenarios.Of),
    ]);

    static T Loading<T>(string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception problem) when (IsOfLoading(problem))
        {
            throw new UserMistakeException($"{path}: {WhatIsMissing(problem)}", problem);
        }
    }

    /// <summary>What an exception of the loader means; null is that it is none.</summary>
    public static string? OfLoading(Exception problem) =>
        IsOfLoading(problem) ? WhatIsMissing(problem) : null;

    static void MustBeAnAssembly(string path)
    {
        if (!File.Exists(path))
            throw new UserMistakeException($"expected an assembly, found no file {path}");
        try
        {
            _ = AssemblyName.GetAssemblyName(path);
        }
        catch (BadImageFormatException problem)
        {
            throw new UserMistakeException(
                $"{path}: expected a .NET assembly, found another kind of file", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{path}: expected an assembly that can be read, found: {problem.Message}", problem);
        }
    }

    static void MustFitThisVersion(string path, Assembly assembly)
    {
        foreach (var wanted in assembly.GetReferencedAssemblies().Where(UserLoadContext.IsOurs))
            if (UserLoadContext.Loaded(wanted.Name!)!.GetName().Version is { } ours && ours != wanted.Version)
                throw new UserMistakeException(
                    $"{path}: expected an assembly built with {wanted.Name} {ours}, as this program is,"
                    + $" found one built with {wanted.Version}");
    }

    static IReadOnlyList<IDesign> Find(string path, Assembly assembly)
    {
        var types = assembly.GetExportedTypes();
        IDesign[] designs =
        [
            .. types.Where(IsDesign).Select(Create), .. types.SelectMany(Scenarios),
            .. assembly.GetTypes().Where(ServicesScenarios.IsOne).Select(ServicesScenarios.Of),
        ];
        if (designs.Length == 0)
            throw new UserMistakeException($"{path}: {WhyNone(assembly)}");
        foreach (var design in designs)
            Called(design.GetType().FullName!, () => (design.Name, design.Summary, design.Options));
        var twice = designs.GroupBy(design => design.Name).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? [.. designs.OrderBy(design => design.Name, StringComparer.Ordinal)]
            : throw new UserMistakeException(
                $"{path}: expected designs with names of their own, found \"{twice.Key}\" twice");

        IDesign Create(Type type) => Called(
            type.FullName!, () => (IDesign)Activator.CreateInstance(type)!);

        IEnumerable<IDesign> Scenarios(Type type) => type
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(Scenario)
                && method.GetParameters().Length == 0 && !method.ContainsGenericParameters)
            .Select(method => Called($"{type.FullName}.{method.Name}", () => ScenarioDesign.Of(
                method.CreateDelegate<Func<Scenario>>())));

        T Called<T>(string what, Func<T> call)
        {
            try
            {
                return call();
            }
            catch (Exception failure) when (failure is not UserMistakeException && !IsOfLoading(failure))
            {
                var thrown = Inner(failure);
                throw new UserMistakeException(
                    $"{path}: {what} threw {thrown.GetType().Name}: {thrown.Message}", failure);
            }
        }
    }

    static bool IsDesign(Type type) => typeof(IDesign).IsAssignableFrom(type)
        && type is { IsAbstract: false, ContainsGenericParameters: false }
        && type.GetConstructor(Type.EmptyTypes) is not null;

    // The nearest thing that was found, so that its author knows what to change.
    static string WhyNone(Assembly assembly)
    {
        const string expected =
            "expected a public type that implements IDesign and has a constructor without parameters,"
            + " a public static method without parameters that returns a Scenario,"
            + " or a type that implements IServicesScenario";
        var near = assembly.GetTypes().FirstOrDefault(type =>
            typeof(IDesign).IsAssignableFrom(type) && type is { IsAbstract: false });
        return near switch
        {
            null => $"{expected}; found none",
            { IsVisible: false } => $"{expected}; found {near.FullName}, which is not public",
            _ => $"{expected}; found {near.FullName}, which has no such constructor",
        };
    }

    static Exception Inner(Exception failure) =>
        failure is TargetInvocationException or TypeInitializationException
            && failure.InnerException is { } inner
            ? Inner(inner)
            : failure;

    static bool IsOfLoading(Exception problem) => Inner(problem)
        is FileNotFoundException { FileName: not null } or FileLoadException or BadImageFormatException
        or TypeLoadException or MissingMemberException or ReflectionTypeLoadException;

    static string WhatIsMissing(Exception problem) => Inner(problem) switch
    {
        FileNotFoundException missing =>
            $"expected its dependency {missing.FileName} beside it, found none",
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => WhatIsMissing(first),
        var other => "expected an assembly that fits this version of Steelyard and the dependencies beside"
            + $" it, found: {other.Message}",
    };
}
